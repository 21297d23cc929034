import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ManagedEvent, SeatingView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { useEventFrame } from '~/shared/organizer/useEventFrame';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { AttachForm } from './AttachForm';
import { Blocks } from './Blocks';
import { eventQuery } from '~/shared/organizer/queries';
import { seatingsQuery } from '~/shared/organizer/seats/queries';
import { SeatDesk } from './SeatDesk';
import styles from './Seats.module.css';

interface DateProps {
  event: ManagedEvent;
  value: string;
  onPick: (id: string) => void;
}

function DatePicker({ event, value, onPick }: DateProps) {
  if (event.occurrences.length < 2) return null;
  return (
    <SelectField
      label="Date"
      value={value}
      onChange={(change) => {
        onPick(change.target.value);
      }}
    >
      {event.occurrences.map(({ id, starts_at }) => (
        <option key={id} value={id}>
          {dateTimeText(starts_at, event.timezone)}
        </option>
      ))}
    </SelectField>
  );
}

function OneDate({
  event,
  date,
  seating,
}: {
  event: ManagedEvent;
  date: string;
  seating: SeatingView | undefined;
}) {
  const mayWrite = useMay('events:write');
  return (
    <>
      {seating !== undefined && (
        <SeatDesk key={`desk ${date} ${seating.version_id}`} event={event} seating={seating} />
      )}
      {seating === undefined && !mayWrite && (
        <p className="muted">This date is sold without numbered seats.</p>
      )}
      {mayWrite && (
        <AttachForm
          key={`plan ${date} ${seating?.version_id ?? ''}`}
          event={event}
          occurrenceId={date}
          seating={seating}
        />
      )}
      {seating === undefined && <Blocks event={event} />}
    </>
  );
}

function Dates({ event, seatings }: { event: ManagedEvent; seatings: readonly SeatingView[] }) {
  const [date, setDate] = useState(event.occurrences[0]?.id ?? '');
  const seating = seatings.find(({ occurrence_id }) => occurrence_id === date);
  return (
    <div className={styles.stack}>
      <DatePicker event={event} value={date} onPick={setDate} />
      <OneDate event={event} date={date} seating={seating} />
    </div>
  );
}

/** The seats of an event: which hall, which prices, what is blocked. */
export function EventSeats({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const event = useQuery(eventQuery(slug, eventId));
  const seatings = useQuery(seatingsQuery(slug, eventId));
  const error = event.error ?? seatings.error;
  const frame = useEventFrame(eventId, event.data?.title);
  return (
    <Page title="Seats" {...frame}>
      {event.data !== undefined && seatings.data !== undefined ? (
        <Dates event={event.data} seatings={seatings.data} />
      ) : error === null ? (
        <Loading label="Loading the seats">
          <Skeleton height={320} />
        </Loading>
      ) : (
        <Trouble error={error} onRetry={() => void seatings.refetch()} />
      )}
    </Page>
  );
}
