import { useQuery } from '@tanstack/react-query';
import type { OrderOptionsView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { CancelTickets } from './CancelTickets';
import styles from './Changes.module.css';
import { GiveOn } from './GiveOn';
import { Names } from './Names';
import { optionsQuery } from './queries';
import { Variations } from './Variations';

function isNothing({ cancel_too_late: isTooLate, ...until }: OrderOptionsView): boolean {
  return !isTooLate && Object.values(until).every((time) => time === null);
}

/** "Plans changed?": what buyers can do with a confirmed order themselves, while they can. */
export function Changes({ order }: { order: OrderView }) {
  const { data: options } = useQuery(optionsQuery(order));
  if (options === undefined || order.positions.length === 0 || isNothing(options)) return null;
  return (
    <section className={styles.changes} aria-labelledby="changes">
      <h2 id="changes">Plans changed?</h2>
      {options.names_until !== null && <Names order={order} />}
      {options.variations_until !== null && <Variations order={order} />}
      {options.give_on_until !== null && <GiveOn order={order} />}
      <CancelTickets order={order} options={options} />
    </section>
  );
}
