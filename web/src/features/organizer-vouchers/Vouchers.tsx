import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { refusalText } from '~/shared/organizer/permissions';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { paths } from '~/shared/paths';
import { Button } from '~/shared/ui/Button';
import { Panel } from '~/shared/ui/Panel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { List } from './List';
import { eventQuery } from './queries';
import { VoucherForm } from './VoucherForm';
import styles from './Vouchers.module.css';

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

function Body({ eventId }: { eventId: string }) {
  const { slug, role, name } = useArea();
  const read = useQuery(eventQuery(slug, eventId));
  if (!useMay('events:write')) {
    return (
      <Panel tone="plain" icon="user">
        <p>{refusalText('events:write', role, name)}</p>
      </Panel>
    );
  }
  if (read.isPending) {
    return (
      <Loading label="Loading the event">
        <Skeleton height={320} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  return <Desk event={read.data} />;
}

/** Codes are worth money: only who may change the event sees them. */
export function Vouchers({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const event = useQuery(eventQuery(slug, eventId));
  const back = { to: paths.managedEvent(slug, eventId), label: event.data?.title ?? 'Event' };
  return (
    <Page title="Vouchers" back={back}>
      <Body eventId={eventId} />
    </Page>
  );
}
