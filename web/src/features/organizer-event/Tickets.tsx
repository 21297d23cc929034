import { useEffect, useRef, useState } from 'react';
import { createTicketType } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, QuotaView } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { useArea } from '~/shared/organizer/area';
import { useMay } from '~/shared/organizer/useMay';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { Button } from '~/shared/ui/Button';
import { Capacity } from './CapacityForm';
import { Headings } from './Headings';
import { InventoryBar } from './InventoryBar';
import { sharedQuotas, sharers } from './inventory';
import { PersonLimit } from './PersonLimit';
import { Section } from './Section';
import styles from './Tickets.module.css';
import { bodyOf, type TypeDraft } from './ticketType';
import { TicketType } from './TicketType';
import { TypeForm } from './TypeForm';
import { useChange } from './useChange';
import { useReturnFocus } from './useReturnFocus';

function AddType({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const [isOpen, setOpen] = useState(false);
  const change = useChange(event.id);
  const key = useOnceKey();
  const place = useReturnFocus<HTMLDivElement>(isOpen);
  const close = () => {
    change.reset();
    setOpen(false);
  };
  const save = (draft: TypeDraft) => {
    const send = () =>
      createTicketType(slug, event.id, bodyOf(draft, event), key.headers()).catch(
        (error: unknown) => {
          key.settle(error);
          throw error;
        },
      );
    change.run(send, () => {
      key.settle();
      close();
    });
  };
  return (
    <div ref={place}>
      {isOpen ? (
        <TypeForm event={event} type={null} change={change} onCancel={close} onSave={save} />
      ) : (
        <Button
          look="line"
          onClick={() => {
            setOpen(true);
          }}
        >
          <Icon name="plus" /> Add ticket type
        </Button>
      )}
    </div>
  );
}

/** A type that was deleted took the focus with it: the heading is the next best place. */
function useLostFocus(count: number): void {
  const before = useRef(count);
  useEffect(() => {
    const isFewer = count < before.current;
    before.current = count;
    if (isFewer && document.activeElement === document.body) {
      document.getElementById('tickets-title')?.focus();
    }
  }, [count]);
}

function Shared({ event, quota }: { event: ManagedEvent; quota: QuotaView }) {
  const mayWrite = useMay('events:write');
  const names = sharers(event, quota);
  return (
    <li className={styles.type}>
      <div className={styles.typeHead}>
        <h3>{quota.name}</h3>
      </div>
      <p className={styles.typeTerms}>
        {names.length === 0 ? 'Counts for no ticket type.' : `Shared by ${names.join(', ')}`}
      </p>
      <InventoryBar quota={quota} />
      {mayWrite && <Capacity eventId={event.id} quota={quota} />}
    </li>
  );
}

/** Ticket types with their stock, and the capacities that several of them share. */
export function Tickets({ event, now }: { event: ManagedEvent; now: number }) {
  const mayWrite = useMay('events:write');
  useLostFocus(event.ticket_types.length);
  return (
    <Section id="tickets" title="Tickets">
      <ul className={styles.types}>
        {event.ticket_types.map((type) => (
          <TicketType key={type.id} event={event} type={type} now={now} />
        ))}
        {sharedQuotas(event).map((quota) => (
          <Shared key={quota.id} event={event} quota={quota} />
        ))}
      </ul>
      {event.ticket_types.length === 0 && <p className="muted">No ticket types yet.</p>}
      {mayWrite && <AddType event={event} />}
      <Headings event={event} />
      <PersonLimit event={event} />
    </Section>
  );
}
