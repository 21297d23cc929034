import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type {
  CancellationView,
  OrderView,
  SplitMadeView,
  TransferView,
} from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { moneyText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { keptText } from '~/shared/orders/kept';
import { splitTicketsText } from '~/shared/orders/splits';
import { momentText } from '~/shared/organizer/orderWords';
import { paths } from '~/shared/paths';
import styles from './Orders.module.css';
import { cancellationsQuery, splitsQuery, transfersQuery } from './queries';

const BY: Record<CancellationView['by'], string> = {
  buyer: 'by the buyer',
  staff: 'by the team',
};

const ENDS: Record<TransferView['status'], string> = {
  offered: 'offered to',
  accepted: 'given to',
  declined: 'declined by',
  withdrawn: 'taken back from',
  expired: 'not taken in time by',
};

function Cancelled({ made, zone }: { made: CancellationView; zone: string }) {
  const tickets = made.lines.map(({ number, name }) => `${String(number)} (${name})`).join(', ');
  return (
    <li>
      <p>
        {made.whole
          ? 'The order was cancelled'
          : `${countText(made.lines.length, 'ticket')} cancelled`}{' '}
        {BY[made.by]}: {tickets}
        {made.old_total.amount > 0 && <>; {moneyText(made.refund)} back</>}
        {made.fee.amount > 0 && <>, {moneyText(made.fee)} kept</>}
      </p>
      {made.because !== '' && <p className="muted">“{made.because}”</p>}
      {made.blocked?.map((block) => (
        <p key={block.occurrence_id}>
          Blocked as “{block.reason}”: {keptText(block, zone)}
        </p>
      ))}
      <p className="small muted">{momentText(made.created_at)}</p>
    </li>
  );
}

function Split({ made }: { made: SplitMadeView }) {
  const { slug } = useArea();
  return (
    <li>
      <p>
        {made.moved === 'into' ? 'Split: ' : 'Made by a split: '}
        {splitTicketsText(made)} {made.moved === 'into' ? 'went into order' : 'came from order'}{' '}
        <Link to={paths.sale(slug, made.other_order_id)}>{made.other_code}</Link>
        {made.paid.amount > 0 && <>, {moneyText(made.paid)} along with it</>}
      </p>
      {made.because !== '' && <p className="muted">“{made.because}”</p>}
      <p className="small muted">{momentText(made.created_at)}</p>
    </li>
  );
}

function Handed({ made }: { made: TransferView }) {
  return (
    <li>
      <p>
        {made.ticket_number > 0 ? `Ticket ${String(made.ticket_number)}` : 'A cancelled ticket'} of{' '}
        <bdi>{made.from_name}</bdi> {ENDS[made.status]}{' '}
        {made.to_name !== null && (
          <>
            <bdi>{made.to_name}</bdi>,{' '}
          </>
        )}
        <bdi>{made.to_email}</bdi>
      </p>
      <p className="small muted">{momentText(made.settled_at ?? made.created_at)}</p>
    </li>
  );
}

/** What happened to the order's tickets after the sale: cancellations, splits, whose they were. */
export function History({ order }: { order: OrderView }) {
  const { slug } = useArea();
  const cancelled = useQuery(cancellationsQuery(slug, order)).data ?? [];
  const handed = useQuery(transfersQuery(slug, order)).data ?? [];
  const splits = useQuery(splitsQuery(slug, order)).data ?? [];
  if (cancelled.length + handed.length + splits.length === 0) return null;
  return (
    <section className={styles.box} aria-labelledby="history">
      <h2 id="history">After the sale</h2>
      <ul className={styles.history}>
        {cancelled.map((made) => (
          <Cancelled key={made.id} made={made} zone={order.timezone} />
        ))}
        {splits.map((made) => (
          <Split key={made.id} made={made} />
        ))}
        {handed.map((made) => (
          <Handed key={made.id} made={made} />
        ))}
      </ul>
    </section>
  );
}
