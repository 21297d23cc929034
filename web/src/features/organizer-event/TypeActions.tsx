import { orderTicketTypes } from '~/shared/api/generated/boxoffice';
import type {
  ManagedEvent,
  QuotaView,
  TicketTypeView,
} from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { Capacity } from './CapacityForm';
import { Movers } from './Movers';
import styles from './Tickets.module.css';
import type { Change } from './useChange';

interface TypeActionsProps {
  type: TicketTypeView;
  event: ManagedEvent;
  quotas: readonly QuotaView[];
  change: Change;
  onChange: () => void;
  onDelete: () => void;
  onSale: (onSale: boolean) => void;
}

export function TypeActions(props: TypeActionsProps) {
  const { type, event, quotas, change, onChange, onDelete, onSale } = props;
  const { slug } = useArea();
  const name = <span className="vh">{type.name}</span>;
  return (
    <>
      {change.error !== null && <Trouble error={change.error} />}
      <div className={styles.quiets}>
        {quotas.map((quota) => (
          <Capacity key={quota.id} eventId={event.id} quota={quota} />
        ))}
        <button type="button" className={styles.quiet} onClick={onChange}>
          Edit {name}
        </button>
        <Movers
          ids={event.ticket_types.map(({ id }) => id)}
          id={type.id}
          name={type.name}
          onMove={(ids) => {
            change.run(() => orderTicketTypes(slug, event.id, { ids }));
          }}
        />
        <button
          type="button"
          className={styles.quiet}
          onClick={() => {
            onSale(!type.on_sale);
          }}
        >
          {type.on_sale ? 'Take off sale' : 'Put on sale'} {name}
        </button>
        <button type="button" className={styles.quiet} onClick={onDelete}>
          Delete {name}
        </button>
      </div>
    </>
  );
}
