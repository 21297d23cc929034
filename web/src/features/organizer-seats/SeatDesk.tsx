import { useState } from 'react';
import type { ManagedEvent, SeatingView } from '~/shared/api/generated/boxoffice.schemas';
import { HallOfDate } from '~/shared/organizer/seats/HallOfDate';
import { marksOf, SeatPicker, toggled, type OpenHall } from '~/shared/organizer/seats/SeatPicker';
import { useMay } from '~/shared/organizer/useMay';
import { BlockForm } from './BlockForm';
import { Blocks } from './Blocks';
import styles from './Seats.module.css';

interface DeskProps {
  event: ManagedEvent;
  seating: SeatingView;
}

function OpenDesk({ open, ...of }: DeskProps & { open: OpenHall }) {
  const mayWrite = useMay('events:write');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const marks = marksOf(open.taken, chosen);
  return (
    <div className={styles.columns}>
      <div className={styles.stack}>
        <SeatPicker
          {...of}
          open={open}
          marks={marks}
          onPick={(index) => {
            setChosen((before) => toggled(before, index));
          }}
        />
      </div>
      <div className={styles.stack}>
        {mayWrite && (
          <BlockForm
            {...of}
            seats={open.hall.seats.filter(({ index }) => marks[index] === 'chosen')}
            onDone={() => {
              setChosen(new Set());
            }}
          />
        )}
        <Blocks event={of.event} />
      </div>
    </div>
  );
}

/** The hall of one date: what is taken, and what the staff keeps. */
export function SeatDesk({ event, seating }: DeskProps) {
  return (
    <HallOfDate eventId={event.id} seating={seating}>
      {(open) => <OpenDesk event={event} seating={seating} open={open} />}
    </HallOfDate>
  );
}
