import { useState } from 'react';
import type { Hall, HallRow } from './hall';
import styles from './SeatMap.module.css';
import type { Mark } from './SeatMap';

interface ListProps {
  marks: readonly Mark[];
  onPick: (index: number) => void;
  wordsOf: (index: number) => string;
}

function ListedRow({ row, marks, onPick, wordsOf }: ListProps & { row: HallRow }) {
  return (
    <div className={styles.listed} role="group" aria-label={`${row.section} ${row.name}`.trim()}>
      <span>{row.name}</span>
      <div className={styles.numbers}>
        {row.seats.map(({ index, number, label }) => (
          <button
            key={index}
            type="button"
            aria-label={`${label}: ${wordsOf(index)}`}
            aria-pressed={marks[index] === 'chosen'}
            disabled={marks[index] === 'gone' || marks[index] === 'held'}
            onClick={() => {
              onPick(index);
            }}
          >
            {number}
          </button>
        ))}
      </div>
    </div>
  );
}

function Section({ name, rows, ...list }: ListProps & { name: string; rows: readonly HallRow[] }) {
  const [isOpen, setOpen] = useState(false);
  const free = rows
    .flatMap(({ seats }) => seats)
    .filter(({ index }) => list.marks[index] === 'free');
  return (
    <details
      className={styles.section}
      onToggle={(toggle) => {
        setOpen(toggle.currentTarget.open);
      }}
    >
      <summary>
        {name === '' ? 'Seats' : name}: {String(free.length)} free
      </summary>
      {isOpen && rows.map((row) => <ListedRow key={row.key} row={row} {...list} />)}
    </details>
  );
}

/** The map's seats as a list of buttons, by section and row. */
export function SeatList({ hall, ...list }: ListProps & { hall: Hall }) {
  const names = [...new Set(hall.rows.map(({ section }) => section))];
  return (
    <div className={styles.sections}>
      {names.map((name) => (
        <Section
          key={name}
          name={name}
          rows={hall.rows.filter(({ section }) => section === name)}
          {...list}
        />
      ))}
    </div>
  );
}
