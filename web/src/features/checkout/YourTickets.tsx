import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { releaseOrder } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { daySpanText, hoursInZoneText } from '~/shared/format/dates';
import { moneyText, priceText } from '~/shared/format/money';
import { Costs, TaxNote } from '~/shared/orders/Costs';
import { Tender } from '~/shared/orders/Tender';
import { paths } from '~/shared/paths';
import { Poster } from '~/shared/poster/Poster';
import { useCartDispatch } from '~/shared/state/cart';
import { Button } from '~/shared/ui/Button';
import { GiftCardField } from './GiftCardField';
import { linesByDate, type Line } from './lines';
import { mustApply } from './queries';
import { VoucherField } from './VoucherField';
import styles from './YourTickets.module.css';

function useLettingGo(order: OrderView) {
  const navigate = useNavigate();
  const dispatch = useCartDispatch();
  return useMutation({
    mutationFn: () => releaseOrder(order.organizer_slug, order.id, asHolder(order.token)),
    onSettled: async () => {
      dispatch({ type: 'left', orderId: order.id });
      await navigate(paths.event(order.organizer_slug, order.event_slug));
    },
  });
}

/** The event that it is for. */
export function What({ order }: { order: OrderView }) {
  const place = [order.venue?.name, order.venue?.city].filter(Boolean).join(', ');
  return (
    <div className={styles.what}>
      <div className={styles.poster}>
        <Poster title={order.event_title} />
      </div>
      <div>
        <h3>{order.event_title}</h3>
        {linesByDate(order).length > 1 ? (
          <p>{linesByDate(order).length} dates</p>
        ) : (
          <>
            <p>{daySpanText(order.starts_at, order.ends_at, order.timezone)}</p>
            <p className="muted">
              {hoursInZoneText(order.starts_at, order.ends_at, order.timezone)}
            </p>
          </>
        )}
        <p className="muted">{place === '' ? 'Online' : place}</p>
      </div>
    </div>
  );
}

/** What is bought, with seats and prices. */
export function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <li key={line.key} className={line.isExtra ? styles.extra : undefined}>
          <span>
            <span className="num">{line.quantity}</span> × {line.name}
            {line.seats.map((seat) => (
              <span key={seat} className="muted">
                <br />
                {seat}
              </span>
            ))}
          </span>
          <span className="num">
            {line.isExtra && line.total.amount === 0 ? 'Included' : priceText(line.total)}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface YourTicketsProps {
  order: OrderView;
  /** The tickets are held and nothing is sent. */
  canChange: boolean;
  /** How it is paid may still change. */
  canPay: boolean;
}

/** What is being bought and what it costs in all: the ticket before it is one. */
export function YourTickets({ order, canChange, canPay }: YourTicketsProps) {
  const lettingGo = useLettingGo(order);
  return (
    <section className={`${styles.box ?? ''} stub`} aria-labelledby="your-tickets">
      <div className="stub-top">
        <h2 id="your-tickets" className={styles.heading}>
          Your tickets
        </h2>
        <What order={order} />
      </div>
      <div className="stub-foot">
        {linesByDate(order).map(({ when, lines }) => (
          <div key={when} className={styles.date}>
            {when !== null && <h3>{when}</h3>}
            <Lines lines={lines} />
          </div>
        ))}
        <Costs order={order} />
        <p className={`${styles.total ?? ''} total`}>
          <span>Total</span>
          <span className="num">{moneyText(order.total)}</span>
        </p>
        <Tender order={order} rest="Still to pay" />
        <TaxNote order={order} />
        {canChange && <VoucherField order={order} />}
        {canPay && !mustApply(order) && <GiftCardField order={order} />}
        {canChange && (
          <p className={styles.change}>
            <Link to={paths.event(order.organizer_slug, order.event_slug)}>Change tickets</Link>
            <Button
              look="text"
              busy={lettingGo.isPending ? 'Letting them go…' : null}
              onClick={() => {
                lettingGo.mutate();
              }}
            >
              Let them go
            </Button>
          </p>
        )}
      </div>
    </section>
  );
}
