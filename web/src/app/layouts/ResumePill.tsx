import { useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import { clockText, countText } from '~/shared/format/duration';
import { Icon } from '~/shared/icons/Icon';
import { paths } from '~/shared/paths';
import { useCart, useCartDispatch, type HeldOrder } from '~/shared/state/cart';
import { useCountdown } from '~/shared/state/useCountdown';
import styles from './ResumePill.module.css';

function Pill({ held }: { held: HeldOrder }) {
  const left = useCountdown(held.deadline);
  const dispatch = useCartDispatch();
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) dispatch({ type: 'left', orderId: held.orderId });
  }, [isOver, held.orderId, dispatch]);
  return (
    <Link
      className={styles.pill}
      to={held.parts === undefined ? paths.checkout(held.token) : paths.purchase(held.token)}
    >
      <Icon name="ticket" />
      <span>
        {countText(held.tickets, 'ticket')} held, <span className="num">{clockText(left)}</span>{' '}
        left
        <span className="vh"> for {held.title}.</span>
      </span>
      <strong className={styles.go}>Resume</strong>
    </Link>
  );
}

/** Tickets held elsewhere in this browser follow the visitor until they are bought or the hold ends. */
export function ResumePill() {
  const { held } = useCart();
  const { pathname } = useLocation();
  if (held === null || /^\/(checkout|purchases)\//.test(pathname)) return null;
  return (
    <aside className={styles.dock} aria-label="Held tickets">
      <Pill key={held.orderId} held={held} />
    </aside>
  );
}
