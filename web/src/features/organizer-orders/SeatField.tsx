import { useQuery } from '@tanstack/react-query';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { Skeleton } from '~/shared/ui/Skeleton';
import { freeSeatsQuery } from './freeSeats';

interface SeatFieldProps {
  eventSlug: string;
  typeId: string;
  dateId: string;
  /** Whether the seat it has can stay. */
  mayStay: boolean;
  value: string;
  onPick: (id: string) => void;
}

/** A free seat of the type on the date. */
export function SeatField({ eventSlug, typeId, dateId, mayStay, value, onPick }: SeatFieldProps) {
  const { slug } = useArea();
  const read = useQuery(freeSeatsQuery(slug, eventSlug, dateId, typeId));
  if (read.isError) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return <Skeleton height={72} />;
  return (
    <SelectField
      label="Seat"
      value={value}
      onChange={(pick) => {
        onPick(pick.target.value);
      }}
    >
      <option value="">{mayStay ? 'Stays where it is' : 'The best there is'}</option>
      {read.data.map((row) => (
        <optgroup key={row.name} label={row.name}>
          {row.seats.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}
