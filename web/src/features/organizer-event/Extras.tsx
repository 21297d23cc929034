import { useState } from 'react';
import { setExtras } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, TicketTypeView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { useMay } from '~/shared/organizer/useMay';
import { bodyOf, contentText, groupText, others } from './extras';
import { ExtrasForm } from './ExtrasForm';
import styles from './Tickets.module.css';
import { useChange } from './useChange';
import { useReturnFocus } from './useReturnFocus';

interface ExtrasProps {
  event: ManagedEvent;
  type: TicketTypeView;
}

function Summary({ event, type }: ExtrasProps) {
  const { add_on_groups: groups = [], contents = [] } = type;
  if (groups.length + contents.length === 0) return null;
  return (
    <ul className={styles.typeTerms} aria-label={`With ${type.name}`}>
      {groups.map((group) => (
        <li key={group.id}>{groupText(event, group)}</li>
      ))}
      {contents.length > 0 && (
        <li>Contains {contents.map((one) => contentText(event, one)).join(', ')}</li>
      )}
    </ul>
  );
}

function Setting({ event, type }: ExtrasProps) {
  const { slug } = useArea();
  const [isOpen, setOpen] = useState(false);
  const change = useChange(event.id);
  const place = useReturnFocus<HTMLDivElement>(isOpen);
  const close = () => {
    change.reset();
    setOpen(false);
  };
  return (
    <div ref={place}>
      {isOpen ? (
        <ExtrasForm
          event={event}
          type={type}
          change={change}
          onCancel={close}
          onSave={(draft) => {
            change.run(() => setExtras(slug, event.id, type.id, bodyOf(draft, event)), close);
          }}
        />
      ) : (
        <button
          type="button"
          className={styles.quiet}
          onClick={() => {
            setOpen(true);
          }}
        >
          Add-ons and bundle <span className="vh">of {type.name}</span>
        </button>
      )}
    </div>
  );
}

/** What can be had with a ticket type, and what it contains. */
export function Extras(props: ExtrasProps) {
  const { event, type } = props;
  const mayWrite = useMay('events:write');
  const isAlone = others(event, type).length === 0;
  return (
    <>
      <Summary {...props} />
      {mayWrite && type.visibility !== 'add_on' && !isAlone && <Setting {...props} />}
    </>
  );
}
