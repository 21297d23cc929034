import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ManagedEvent, SeatingView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';
import { useArea } from '~/shared/organizer/area';
import { HallOfDate } from '~/shared/organizer/seats/HallOfDate';
import { seatingsQuery } from '~/shared/organizer/seats/queries';
import { marksOf, SeatPicker, toggled, type OpenHall } from '~/shared/organizer/seats/SeatPicker';
import styles from '~/shared/organizer/Settings.module.css';
import { Button } from '~/shared/ui/Button';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { seatId } from '~/shared/seats/hall';
import type { SeatChoice } from './draft';

interface ForSeatsProps {
  event: ManagedEvent;
  seats: SeatChoice | null;
  onSeats: (seats: SeatChoice | null) => void;
}

interface PickProps extends ForSeatsProps {
  seating: SeatingView;
  open: OpenHall;
}

/** The chosen seats by their ids, and the ticket types that they are sold as. */
function choiceOf(
  { seating, open }: Pick<PickProps, 'seating' | 'open'>,
  chosen: ReadonlySet<number>,
): SeatChoice | null {
  const seats = open.hall.seats.filter(({ index }) => chosen.has(index));
  if (seats.length === 0) return null;
  const names = seats.map(({ category }) => open.drawing.categories[category]?.name);
  const types = seating.categories.filter(({ name }) => names.includes(name));
  return {
    occurrenceId: seating.occurrence_id,
    ids: seats.map(({ ordinal }) => seatId(seating.seat_prefix, ordinal)),
    types: [...new Set(types.map(({ ticket_type_id: id }) => id))],
  };
}

function Pick({ event, seating, open, onSeats }: PickProps) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  return (
    <SeatPicker
      event={event}
      seating={seating}
      open={open}
      marks={marksOf(open.taken, chosen)}
      onPick={(index) => {
        const after = toggled(chosen, index);
        setChosen(after);
        onSeats(choiceOf({ seating, open }, after));
      }}
    />
  );
}

function Dates({ event, seatings, ...choosing }: ForSeatsProps & { seatings: SeatingView[] }) {
  const [date, setDate] = useState(seatings[0]?.occurrence_id ?? '');
  const seating = seatings.find(({ occurrence_id: id }) => id === date);
  const dates = event.occurrences.filter(({ id }) =>
    seatings.some(({ occurrence_id: of }) => of === id),
  );
  return (
    <>
      {dates.length > 1 && (
        <SelectField
          label="Date of the seats"
          value={date}
          onChange={({ target }) => {
            setDate(target.value);
            choosing.onSeats(null);
          }}
        >
          {dates.map(({ id, starts_at }) => (
            <option key={id} value={id}>
              {dateTimeText(starts_at, event.timezone)}
            </option>
          ))}
        </SelectField>
      )}
      {seating !== undefined && (
        <HallOfDate key={date} eventId={event.id} seating={seating}>
          {(open) => <Pick event={event} seating={seating} open={open} {...choosing} />}
        </HallOfDate>
      )}
    </>
  );
}

/** A voucher may be for certain seats of one date; whether it is, nobody has to say. */
export function ForSeats(props: ForSeatsProps) {
  const { event, seats, onSeats } = props;
  const { slug } = useArea();
  const [isOpen, setOpen] = useState(false);
  const isSeated = event.quotas.some(({ seated }) => seated === true);
  const read = useQuery({ ...seatingsQuery(slug, event.id), enabled: isSeated && isOpen });
  if (!isSeated) return null;
  return (
    <div className={styles.part} role="group" aria-label="Certain seats">
      <p>
        {seats === null
          ? 'Good for any seat.'
          : `Only for ${countText(seats.ids.length, 'chosen seat')}.`}
      </p>
      <div className={styles.buttons}>
        <Button
          look="line"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
            onSeats(null);
          }}
        >
          {isOpen ? 'For any seat again' : 'Only for certain seats'}
        </Button>
      </div>
      {isOpen && read.data !== undefined && <Dates {...props} seatings={read.data} />}
    </div>
  );
}
