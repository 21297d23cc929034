import { memo, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { Icon } from '~/shared/icons/Icon';
import { Areas } from './Areas';
import { colorOf } from './colors';
import { stepFrom, type Hall, type HallRow, type Move, type Seat } from './hall';
import styles from './SeatMap.module.css';

/** How a seat stands, by its index. */
export type Mark = 'free' | 'held' | 'gone' | 'chosen';

interface SeatMapProps {
  hall: Hall;
  /** One mark a seat. */
  marks: readonly Mark[];
  onPick: (index: number) => void;
  /** What a screen reader hears of a seat, after its label. */
  wordsOf: (index: number) => string;
}

const RADIUS = 8;
const ZOOMS = [1, 1.5, 2.5, 4, 6, 9] as const;
const MOVES: Partial<Record<string, Move>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const PICKS = new Set(['Enter', ' ']);
const LETTERS: Record<Mark, string> = { free: 'f', held: 'h', gone: 'g', chosen: 'c' };
const CLASSES: Record<string, string | undefined> = {
  f: styles.free,
  h: styles.held,
  g: styles.gone,
  c: styles.chosen,
};

function classOf({ isAccessible }: Seat, mark: string): string {
  const [own = '', wheels = ''] = [CLASSES[mark], styles.wheels];
  return isAccessible && mark !== 'c' ? `${own} ${wheels}` : own;
}

/** Drawn anew only when one of its seats changes: `marks` is a letter a seat. */
const Row = memo(function Row({ row, marks, hall }: { row: HallRow; marks: string; hall: Hall }) {
  return (
    <g>
      {row.seats.map((seat, place) => {
        const mark = marks[place] ?? 'f';
        return (
          <circle
            key={seat.index}
            data-seat={seat.index}
            cx={seat.x}
            cy={seat.y}
            r={mark === 'g' ? RADIUS / 2 : RADIUS}
            className={classOf(seat, mark)}
            {...(mark === 'f' && { fill: colorOf(hall.drawing, seat.category) })}
          />
        );
      })}
    </g>
  );
});

function useZoom() {
  const [step, setStep] = useState(0);
  return {
    zoom: ZOOMS[step] ?? 1,
    closer: () => {
      setStep((before) => Math.min(before + 1, ZOOMS.length - 1));
    },
    further: () => {
      setStep((before) => Math.max(before - 1, 0));
    },
  };
}

function show(svg: SVGSVGElement | null, index: number): void {
  const seat = svg?.querySelector(`[data-seat="${String(index)}"]`);
  seat?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function seatAt(target: EventTarget): number | null {
  const index = target instanceof Element ? target.getAttribute('data-seat') : null;
  return index === null ? null : Number(index);
}

/** A hall to look at and to choose in: with a pointer, or with arrow keys and Enter. */
export function SeatMap({ hall, marks, onPick, wordsOf }: SeatMapProps) {
  const help = useId();
  const [at, setAt] = useState<number | null>(null);
  const { zoom, closer, further } = useZoom();
  const svg = useRef<SVGSVGElement>(null);
  const { left, top, width, height } = hall.drawing;
  const current = at === null ? undefined : hall.seats[at];
  const press = (key: KeyboardEvent) => {
    const move = MOVES[key.key];
    if (move !== undefined) {
      key.preventDefault();
      const next = at === null ? 0 : stepFrom(hall, at, move);
      setAt(next);
      show(svg.current, next);
    } else if (at !== null && PICKS.has(key.key)) {
      key.preventDefault();
      onPick(at);
    }
  };
  const click = (mouse: MouseEvent) => {
    const index = seatAt(mouse.target);
    if (index === null) return;
    setAt(index);
    onPick(index);
  };
  return (
    <div className={`${styles.map ?? ''} ${styles.palette ?? ''}`}>
      <div className={styles.zoom}>
        <button type="button" aria-label="Look closer" onClick={closer}>
          <Icon name="plus" />
        </button>
        <button type="button" aria-label="See more of it" onClick={further}>
          <Icon name="minus" />
        </button>
      </div>
      <p id={help} className="vh">
        Go from seat to seat with the arrow keys, choose with Enter. The list below has the same
        seats.
      </p>
      <div className={styles.window}>
        <svg
          ref={svg}
          role="application"
          aria-label={`Seat map: ${hall.drawing.name}`}
          aria-describedby={help}
          tabIndex={0}
          viewBox={[left, top, width, height].map(String).join(' ')}
          style={{ width: `${String(zoom * 100)}%` }}
          onClick={click}
          onKeyDown={press}
        >
          <Areas areas={hall.drawing.areas} />
          {hall.rows.map((row) => (
            <Row
              key={row.key}
              hall={hall}
              row={row}
              marks={row.seats.map(({ index }) => LETTERS[marks[index] ?? 'gone']).join('')}
            />
          ))}
          {current !== undefined && (
            <circle className={styles.current} cx={current.x} cy={current.y} r={RADIUS + 4} />
          )}
        </svg>
      </div>
      <p className={styles.said} aria-live="polite">
        {current === undefined ? ' ' : `${current.label}: ${wordsOf(current.index)}`}
      </p>
    </div>
  );
}
