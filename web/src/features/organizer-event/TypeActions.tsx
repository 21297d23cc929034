import type { QuotaView, TicketTypeView } from '~/shared/api/generated/boxoffice.schemas';
import { Trouble } from '~/shared/organizer/Trouble';
import { Capacity } from './CapacityForm';
import styles from './Tickets.module.css';
import type { Change } from './useChange';

interface TypeActionsProps {
  type: TicketTypeView;
  eventId: string;
  quotas: readonly QuotaView[];
  change: Change;
  onChange: () => void;
  onDelete: () => void;
  onSale: (onSale: boolean) => void;
}

export function TypeActions(props: TypeActionsProps) {
  const { type, eventId, quotas, change, onChange, onDelete, onSale } = props;
  const name = <span className="vh">{type.name}</span>;
  return (
    <>
      {change.error !== null && <Trouble error={change.error} />}
      <div className={styles.quiets}>
        {quotas.map((quota) => (
          <Capacity key={quota.id} eventId={eventId} quota={quota} />
        ))}
        <button type="button" className={styles.quiet} onClick={onChange}>
          Edit {name}
        </button>
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
