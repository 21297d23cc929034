import { useState } from 'react';
import {
  changeTicketCategory,
  createTicketCategory,
  deleteTicketCategory,
  orderTicketCategories,
} from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, TicketCategoryView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { Movers } from './Movers';
import { NameForm } from './NameForm';
import styles from './Tickets.module.css';
import { useChange } from './useChange';
import { useReturnFocus } from './useReturnFocus';

function Heading({ event, heading }: { event: ManagedEvent; heading: TicketCategoryView }) {
  const { slug } = useArea();
  const [isOpen, setOpen] = useState(false);
  const change = useChange(event.id);
  const place = useReturnFocus<HTMLLIElement>(isOpen);
  const close = () => {
    change.reset();
    setOpen(false);
  };
  if (isOpen) {
    return (
      <li ref={place}>
        <NameForm
          id={`heading-${heading.id}`}
          label="Heading"
          name={heading.name}
          change={change}
          onCancel={close}
          onSave={(name) => {
            change.run(() => changeTicketCategory(slug, event.id, heading.id, { name }), close);
          }}
        />
      </li>
    );
  }
  return (
    <li className={styles.small} ref={place}>
      <span>{heading.name}</span>
      <span className={styles.quiets}>
        <button
          type="button"
          className={styles.quiet}
          onClick={() => {
            setOpen(true);
          }}
        >
          Rename <span className="vh">{heading.name}</span>
        </button>
        <Movers
          ids={(event.categories ?? []).map(({ id }) => id)}
          id={heading.id}
          name={heading.name}
          onMove={(ids) => {
            change.run(() => orderTicketCategories(slug, event.id, { ids }));
          }}
        />
        <button
          type="button"
          className={styles.quiet}
          onClick={() => {
            change.run(() => deleteTicketCategory(slug, event.id, heading.id));
          }}
        >
          Delete <span className="vh">{heading.name}</span>
        </button>
      </span>
      {change.error !== null && <Trouble error={change.error} />}
    </li>
  );
}

function AddHeading({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const [isOpen, setOpen] = useState(false);
  const change = useChange(event.id);
  const key = useOnceKey();
  const place = useReturnFocus<HTMLDivElement>(isOpen);
  const close = () => {
    change.reset();
    setOpen(false);
  };
  const save = (name: string) => {
    const send = () =>
      createTicketCategory(slug, event.id, { name }, key.headers()).catch((error: unknown) => {
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
        <NameForm
          id="heading-new"
          label="Heading"
          name=""
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
          Add heading
        </button>
      )}
    </div>
  );
}

/** The headings that ticket types stand under on the event's page. */
export function Headings({ event }: { event: ManagedEvent }) {
  const mayWrite = useMay('events:write');
  const headings = event.categories ?? [];
  if (!mayWrite) return null;
  return (
    <div className={styles.part}>
      <h3>Headings</h3>
      <p className={styles.typeTerms}>
        Ticket types can stand under headings on the event’s page, such as “Day tickets”.
      </p>
      <ul>
        {headings.map((heading) => (
          <Heading key={heading.id} event={event} heading={heading} />
        ))}
      </ul>
      <AddHeading event={event} />
    </div>
  );
}
