import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CalendarView, EventPage, SlotView } from '~/shared/api/generated/boxoffice.schemas';
import { hoursText } from '~/shared/format/dates';
import { Icon } from '~/shared/icons/Icon';
import {
  canChoose,
  dayIn,
  dayText,
  knownSlots,
  monthOf,
  monthText,
  nextOf,
  slotText,
} from './days';
import { calendarQuery } from './queries';

interface DateChooserProps {
  event: EventPage;
  value: string | null;
  onPick: (slot: SlotView) => void;
}

interface MonthsProps {
  month: string;
  calendar: CalendarView | undefined;
  onMonth: (month: string) => void;
}

function Step({
  label,
  icon,
  day,
  onMonth,
}: {
  label: string;
  icon: 'back' | 'arrow';
  day: string | null | undefined;
  onMonth: (month: string) => void;
}) {
  const isOff = day == null;
  return (
    <button
      type="button"
      className="dates-step"
      aria-disabled={isOff}
      onClick={() => {
        if (!isOff) onMonth(monthOf(day));
      }}
    >
      <Icon name={icon} />
      <span className="vh">{label}</span>
    </button>
  );
}

function Months({ month, calendar, onMonth }: MonthsProps) {
  return (
    <div className="dates-head">
      <Step label="Earlier dates" icon="back" day={calendar?.previous_day} onMonth={onMonth} />
      <p className="dates-month" aria-live="polite">
        {monthText(month)}
      </p>
      <Step label="Later dates" icon="arrow" day={calendar?.next_day} onMonth={onMonth} />
    </div>
  );
}

interface SlotProps {
  slot: SlotView;
  zone: string;
  isChosen: boolean;
  onPick: (slot: SlotView) => void;
}

function Slot({ slot, zone, isChosen, onPick }: SlotProps) {
  const note = slotText(slot);
  return (
    <label className="date-slot" data-off={canChoose(slot) ? undefined : ''}>
      <input
        type="radio"
        name="date"
        value={slot.occurrence_id}
        checked={isChosen}
        disabled={!canChoose(slot)}
        onChange={() => {
          onPick(slot);
        }}
      />
      <span className="num">
        {dayText(slot.starts_at, zone)}, {hoursText(slot.starts_at, slot.ends_at, zone)}
      </span>
      {note !== '' && <span className="date-note">{note}</span>}
    </label>
  );
}

/**
 * Which date, for an event that has several: month by month, with what is left of each. The server
 * draws it into the first screen (`event-dates.html`), so that nothing moves when this takes over.
 */
export function DateChooser({ event, value, onPick }: DateChooserProps) {
  const { occurrences, organizer, slug, timezone } = event;
  const chosen = occurrences.find(({ id }) => id === value) ?? nextOf(event);
  const [month, setMonth] = useState(() =>
    monthOf(dayIn(chosen?.starts_at ?? new Date().toISOString(), timezone)),
  );
  const several = occurrences.length > 1;
  const read = useQuery({
    ...calendarQuery(organizer.slug, slug, month),
    enabled: several && event.status === 'published',
    placeholderData: keepPreviousData,
  });
  if (!several) return null;
  const calendar = read.isPlaceholderData ? undefined : read.data;
  const slots = calendar?.slots ?? knownSlots(event, month);
  return (
    <fieldset className="dates">
      <legend>Date</legend>
      <Months month={month} calendar={calendar} onMonth={setMonth} />
      <div className="dates-list">
        {slots.map((slot) => (
          <Slot
            key={slot.occurrence_id}
            slot={slot}
            zone={timezone}
            isChosen={slot.occurrence_id === value}
            onPick={onPick}
          />
        ))}
      </div>
    </fieldset>
  );
}
