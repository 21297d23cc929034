import { useEffect } from 'react';
import { clockText } from '~/shared/format/duration';
import { Icon } from '~/shared/icons/Icon';
import { useCountdown } from '~/shared/state/useCountdown';
import styles from './HoldTimer.module.css';

const MINUTE = 60_000;
const HALF_A_DAY = 720 * MINUTE;

/** Said to screen readers at five, two and one minutes, and never in between. */
export function announcementAt(left: number): string {
  const mark = [1, 2, 5].find((minutes) => left <= minutes * MINUTE);
  if (mark === undefined || left === 0) return '';
  return mark === 1
    ? 'One minute left to buy your tickets.'
    : `${String(mark)} minutes left to buy your tickets.`;
}

interface HoldTimerProps {
  deadline: number;
  onOver: () => void;
}

/** How long the tickets are kept. Ticks on its own: the form beside it never re-renders for it. */
export function HoldTimer({ deadline, onOver }: HoldTimerProps) {
  const left = useCountdown(deadline);
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  const until = new Intl.DateTimeFormat('en-GB', {
    ...(left > HALF_A_DAY && { weekday: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(deadline);
  return (
    <div className={styles.timer}>
      <Icon name="clock" />
      <span>
        Held until {until} <span className="muted num">({clockText(left)})</span>
      </span>
      <span className="vh" role="status">
        {announcementAt(left)}
      </span>
    </div>
  );
}
