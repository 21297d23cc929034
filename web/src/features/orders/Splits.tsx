import { useQuery } from '@tanstack/react-query';
import type { OrderView, SplitMadeView } from '~/shared/api/generated/boxoffice.schemas';
import { splitTicketsText } from '~/shared/orders/splits';
import { splitsQuery } from './queries';

function sentenceOf(made: SplitMadeView): string {
  const tickets = splitTicketsText(made);
  const are = made.tickets.length === 1 ? 'is' : 'are';
  return made.moved === 'into'
    ? `Your earlier ${tickets} ${are} in order ${made.other_code} now. Its link was sent by mail.`
    : `These were ${tickets} of order ${made.other_code}.`;
}

/** Which tickets the organizer has put into an order of their own; a row of the receipt. */
export function Splits({ order }: { order: OrderView }) {
  const made = useQuery(splitsQuery(order)).data ?? [];
  if (made.length === 0) return null;
  return (
    <div>
      <dt>Split</dt>
      {made.map((one) => (
        <dd key={one.id}>{sentenceOf(one)}</dd>
      ))}
    </div>
  );
}
