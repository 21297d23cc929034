import { useState } from 'react';
import { Link } from 'react-router';
import { deleteDate } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, OccurrenceView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText, hoursText } from '~/shared/format/dates';
import { useArea } from '~/shared/organizer/area';
import { Status } from '~/shared/organizer/Status';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { paths } from '~/shared/paths';
import { Button } from '~/shared/ui/Button';
import { Question } from '~/shared/ui/forms/Question';
import styles from './Dates.module.css';
import { MoveDate } from './MoveDate';
import { useDates } from './queries';

const STEP = 20;

/** "12 of 100 sold", over what the date has to give. */
function soldText(event: ManagedEvent, date: OccurrenceView): string {
  const quotas = event.quotas.filter((quota) => quota.occurrence_id === date.id);
  if (quotas.length === 0) return 'No tickets yet';
  return quotas
    .map(({ name, sold, capacity }) => `${name}: ${String(sold)} of ${String(capacity)} sold`)
    .join(' · ');
}

function DeleteDate({ event, date }: { event: ManagedEvent; date: OccurrenceView }) {
  const { slug } = useArea();
  const [isOpen, setOpen] = useState(false);
  const change = useDates(event.id);
  const when = dateTimeText(date.starts_at, event.timezone);
  const close = () => {
    change.reset();
    setOpen(false);
  };
  const remove = () => {
    change.mutate(() => deleteDate(slug, event.id, date.id), { onSuccess: close });
  };
  return (
    <>
      <button
        type="button"
        className={styles.quiet}
        onClick={() => {
          setOpen(true);
        }}
      >
        Delete <span className="vh">{when}</span>
      </button>
      <Question
        isOpen={isOpen}
        title={`Delete ${when}?`}
        onClose={close}
        stay="Keep it"
        go="Delete"
        going="Deleting…"
        isGoing={change.isPending}
        onGo={remove}
      >
        {change.error === null ? (
          <p>Possible while nobody ordered for it. It does not come back, also not by its rule.</p>
        ) : (
          <Trouble error={change.error} />
        )}
      </Question>
    </>
  );
}

function Actions({ event, date }: { event: ManagedEvent; date: OccurrenceView }) {
  const { slug } = useArea();
  const mayCancel = useMay('orders:write');
  const [isMoving, setMoving] = useState(false);
  if (isMoving) {
    return (
      <MoveDate
        event={event}
        date={date}
        onDone={() => {
          setMoving(false);
        }}
      />
    );
  }
  return (
    <div className={styles.quiets}>
      <button
        type="button"
        className={styles.quiet}
        onClick={() => {
          setMoving(true);
        }}
      >
        Change time <span className="vh">of {dateTimeText(date.starts_at, event.timezone)}</span>
      </button>
      {event.occurrences.length > 1 && <DeleteDate event={event} date={date} />}
      {mayCancel && (
        <Link className={styles.quiet} to={`${paths.changeDates(slug, event.id)}?date=${date.id}`}>
          Postpone or cancel{' '}
          <span className="vh">the date of {dateTimeText(date.starts_at, event.timezone)}</span>
        </Link>
      )}
    </div>
  );
}

function State({ date, isOver }: { date: OccurrenceView; isOver: boolean }) {
  if (date.status === 'cancelled') return <Status tone="bad">Cancelled</Status>;
  if (isOver) return <Status tone="over">Over</Status>;
  return date.postponed_from == null ? null : <Status tone="careful">Postponed</Status>;
}

function Row({ event, date, now }: { event: ManagedEvent; date: OccurrenceView; now: number }) {
  const mayWrite = useMay('events:write');
  const isOver = Date.parse(date.ends_at) < now;
  const isOpen = !isOver && date.status !== 'cancelled';
  return (
    <li className={styles.date}>
      <div className={styles.line}>
        <time className={`num ${styles.when ?? ''}`} dateTime={date.starts_at}>
          {dateTimeText(date.starts_at, event.timezone)}
        </time>
        <State date={date} isOver={isOver} />
      </div>
      <p className="muted">
        {hoursText(date.starts_at, date.ends_at, event.timezone)} · {soldText(event, date)}
      </p>
      {mayWrite && isOpen && <Actions event={event} date={date} />}
    </li>
  );
}

/** The dates to come first; those that are over stand behind a button. */
export function DateList({ event }: { event: ManagedEvent }) {
  const [now] = useState(() => Date.now());
  const [shown, setShown] = useState(STEP);
  const [isPastShown, setPastShown] = useState(false);
  const past = event.occurrences.filter(({ ends_at: end }) => Date.parse(end) < now);
  const coming = event.occurrences.filter(({ ends_at: end }) => Date.parse(end) >= now);
  const dates = isPastShown ? [...past, ...coming] : coming;
  return (
    <>
      {past.length > 0 && !isPastShown && (
        <Button
          look="text"
          onClick={() => {
            setPastShown(true);
          }}
        >
          Show {past.length} that {past.length === 1 ? 'is' : 'are'} over
        </Button>
      )}
      <ul className={styles.list}>
        {dates.slice(0, shown).map((date) => (
          <Row key={date.id} event={event} date={date} now={now} />
        ))}
      </ul>
      {dates.length > shown && (
        <Button
          look="line"
          onClick={() => {
            setShown(shown + STEP);
          }}
        >
          Show more of {dates.length} dates
        </Button>
      )}
    </>
  );
}
