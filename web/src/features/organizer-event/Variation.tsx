import { useState } from 'react';
import {
  changeVariation,
  deleteVariation,
  orderVariations,
} from '~/shared/api/generated/boxoffice';
import type {
  ManagedEvent,
  TicketTypeView,
  VariationView,
} from '~/shared/api/generated/boxoffice.schemas';
import { priceText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { Status } from '~/shared/organizer/Status';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Capacity } from './CapacityForm';
import { InventoryBar } from './InventoryBar';
import { ownQuotas } from './inventory';
import { Movers } from './Movers';
import styles from './Tickets.module.css';
import { useChange, type Change } from './useChange';
import { useReturnFocus } from './useReturnFocus';
import { changeOf } from './variation';
import { VariationForm } from './VariationForm';

interface VariationProps {
  event: ManagedEvent;
  type: TicketTypeView;
  variation: VariationView;
}

function Actions(props: VariationProps & { change: Change; onChange: () => void }) {
  const { event, type, variation, change, onChange } = props;
  const { slug } = useArea();
  const name = <span className="vh">{variation.name}</span>;
  return (
    <div className={styles.quiets}>
      {ownQuotas(event, variation).map((quota) => (
        <Capacity key={quota.id} eventId={event.id} quota={quota} />
      ))}
      <button type="button" className={styles.quiet} onClick={onChange}>
        Edit {name}
      </button>
      <Movers
        ids={(type.variations ?? []).map(({ id }) => id)}
        id={variation.id}
        name={variation.name}
        onMove={(ids) => {
          change.run(() => orderVariations(slug, event.id, type.id, { ids }));
        }}
      />
      <button
        type="button"
        className={styles.quiet}
        onClick={() => {
          const body = { on_sale: !variation.on_sale };
          change.run(() => changeVariation(slug, event.id, type.id, variation.id, body));
        }}
      >
        {variation.on_sale ? 'Take off sale' : 'Put on sale'} {name}
      </button>
      <button
        type="button"
        className={styles.quiet}
        onClick={() => {
          change.run(() => deleteVariation(slug, event.id, type.id, variation.id));
        }}
      >
        Delete {name}
      </button>
    </div>
  );
}

/** One choice within a ticket type, with the stock of its own if it has some. */
export function Variation(props: VariationProps) {
  const { event, type, variation } = props;
  const { slug } = useArea();
  const mayWrite = useMay('events:write');
  const [isOpen, setOpen] = useState(false);
  const change = useChange(event.id);
  const place = useReturnFocus<HTMLLIElement>(isOpen);
  const close = () => {
    change.reset();
    setOpen(false);
  };
  return (
    <li className={styles.variation} ref={place}>
      <p className={styles.typeHead}>
        <b>{variation.name}</b>
        <span className={`num ${styles.price ?? ''}`}>
          {priceText(variation.price ?? type.price)}
        </span>
        {!variation.on_sale && <Status tone="over">Off sale</Status>}
      </p>
      {ownQuotas(event, variation).map((quota) => (
        <InventoryBar key={quota.id} quota={quota} />
      ))}
      {mayWrite && !isOpen && (
        <>
          {change.error !== null && <Trouble error={change.error} />}
          <Actions
            {...props}
            change={change}
            onChange={() => {
              setOpen(true);
            }}
          />
        </>
      )}
      {isOpen && (
        <VariationForm
          event={event}
          id={`variation-${variation.id}`}
          variation={variation}
          change={change}
          onCancel={close}
          onSave={(draft) => {
            const body = changeOf(draft, event.currency);
            change.run(() => changeVariation(slug, event.id, type.id, variation.id, body), close);
          }}
        />
      )}
    </li>
  );
}
