import { useState } from 'react';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { Button } from '~/shared/ui/Button';
import { List } from './List';
import { VoucherForm } from './VoucherForm';
import styles from '~/shared/organizer/Settings.module.css';
import { EventPage } from '~/shared/organizer/EventPage';

function Desk({ event }: { event: ManagedEvent }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.page}>
      {isOpen ? (
        <VoucherForm
          event={event}
          close={() => {
            setOpen(false);
          }}
        />
      ) : (
        <div>
          <Button
            onClick={() => {
              setOpen(true);
            }}
          >
            <Icon name="plus" /> New vouchers
          </Button>
        </div>
      )}
      <List event={event} />
    </div>
  );
}

/** Codes are worth money: only who may change the event sees them. */
export function Vouchers({ eventId }: { eventId: string }) {
  return (
    <EventPage eventId={eventId} title="Vouchers" to="events:write">
      {(event) => <Desk event={event} />}
    </EventPage>
  );
}
