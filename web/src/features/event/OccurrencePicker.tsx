import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';

interface OccurrencePickerProps {
  event: EventPage;
  value: string | null;
  onPick: (id: string) => void;
}

/** Which date, for an event that has several. */
export function OccurrencePicker({ event, value, onPick }: OccurrencePickerProps) {
  if (event.occurrences.length < 2) return null;
  return (
    <label className="offer-date">
      <span>Date</span>
      <select
        className="box"
        name="occurrence"
        value={value ?? ''}
        onChange={(change) => {
          onPick(change.target.value);
        }}
      >
        {event.occurrences.map((occurrence) => (
          <option key={occurrence.id} value={occurrence.id}>
            {dateTimeText(occurrence.starts_at, event.timezone)}
          </option>
        ))}
      </select>
    </label>
  );
}
