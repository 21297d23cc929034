import { useState } from 'react';
import { createVariation } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, TicketTypeView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { useMay } from '~/shared/organizer/useMay';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import styles from './Tickets.module.css';
import { useChange } from './useChange';
import { useReturnFocus } from './useReturnFocus';
import { Variation } from './Variation';
import { bodyOf, type VariationDraft } from './variation';
import { VariationForm } from './VariationForm';

interface VariationsProps {
  event: ManagedEvent;
  type: TicketTypeView;
}

function AddVariation({ event, type }: VariationsProps) {
  const { slug } = useArea();
  const [isOpen, setOpen] = useState(false);
  const change = useChange(event.id);
  const key = useOnceKey();
  const place = useReturnFocus<HTMLDivElement>(isOpen);
  const close = () => {
    change.reset();
    setOpen(false);
  };
  const save = (draft: VariationDraft) => {
    const body = bodyOf(draft, event.currency);
    const send = () =>
      createVariation(slug, event.id, type.id, body, key.headers()).catch((error: unknown) => {
        key.settle(error);
        throw error;
      });
    change.run(send, () => {
      key.settle();
      close();
    });
  };
  return (
    <div ref={place}>
      {isOpen ? (
        <VariationForm
          event={event}
          id={`variation-of-${type.id}`}
          variation={null}
          change={change}
          onCancel={close}
          onSave={save}
        />
      ) : (
        <button
          type="button"
          className={styles.quiet}
          onClick={() => {
            setOpen(true);
          }}
        >
          Add variation <span className="vh">to {type.name}</span>
        </button>
      )}
    </div>
  );
}

/** The choices within a ticket type: sizes, age groups. */
export function Variations({ event, type }: VariationsProps) {
  const mayWrite = useMay('events:write');
  const { variations = [] } = type;
  return (
    <>
      {variations.length > 0 && (
        <ul className={styles.variations} aria-label={`Variations of ${type.name}`}>
          {variations.map((variation) => (
            <Variation key={variation.id} event={event} type={type} variation={variation} />
          ))}
        </ul>
      )}
      {mayWrite && <AddVariation event={event} type={type} />}
    </>
  );
}
