import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { Allowed } from '~/shared/organizer/Allowed';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { Trouble } from '~/shared/organizer/Trouble';
import { paths } from '~/shared/paths';
import { Panel } from '~/shared/ui/Panel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { Segments } from '~/shared/ui/forms/Segments';
import { CancelForm } from './CancelForm';
import styles from './ChangeDates.module.css';
import { changeable, type Kind } from './decision';
import { PostponeForm } from './PostponeForm';
import { Progress } from './Progress';
import { eventQuery } from '~/shared/organizer/queries';

const KINDS = [
  { value: 'postpone', label: 'Postpone' },
  { value: 'cancel', label: 'Cancel' },
] as const;

function Wizard({ event }: { event: ManagedEvent }) {
  const [kind, setKind] = useState<Kind>('postpone');
  const [now] = useState(() => Date.now());
  const dates = changeable(event, now);
  if (event.status === 'cancelled' || dates.length === 0) {
    return (
      <Panel tone="plain">
        <p>Nothing is left to change: every date is over or cancelled.</p>
      </Panel>
    );
  }
  const Form = kind === 'cancel' ? CancelForm : PostponeForm;
  return (
    <section className={styles.section} aria-label="What shall happen">
      <Segments
        legend="What shall happen"
        name="kind"
        value={kind}
        options={KINDS}
        onPick={setKind}
      />
      <Form event={event} dates={dates} />
    </section>
  );
}

/** Dates that will not take place, or later: seen before it is decided, watched until it is done. */
export function ChangeDates({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const read = useQuery(eventQuery(slug, eventId));
  const title = 'Postpone or cancel';
  return (
    <Allowed to="orders:write" title={title}>
      <Page title={title} back={{ to: paths.eventDates(slug, eventId), label: 'Dates' }}>
        <div className={styles.page}>
          {read.data !== undefined && (
            <>
              <Wizard event={read.data} />
              <Progress event={read.data} />
            </>
          )}
          {read.isPending && (
            <Loading label="Loading the event">
              <Skeleton height={360} />
            </Loading>
          )}
          {read.isError && read.data === undefined && (
            <Trouble error={read.error} onRetry={() => void read.refetch()} />
          )}
        </div>
      </Page>
    </Allowed>
  );
}
