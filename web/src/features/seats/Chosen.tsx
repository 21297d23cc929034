import { priceText } from '~/shared/format/money';
import { factOf, hasCode } from '~/shared/api/problems';
import { isOpen } from '~/shared/offers/amounts';
import { DateParts } from '~/shared/offers/DateParts';
import { Refusal as Refused, Sum } from '~/shared/offers/Sum';
import type { useDateParts } from '~/shared/offers/useDateParts';
import type { Price } from '~/shared/offers/usePrice';
import { priceChangeOf } from '~/shared/orders/priceChange';
import { paths } from '~/shared/paths';
import type { Seat } from '~/shared/seats/hall';
import { useCart } from '~/shared/state/cart';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { Panel } from '~/shared/ui/Panel';
import { choiceOf, type Wish, type Wishes } from './basket';
import { offerOf, type House } from './choice';
import styles from './Seats.module.css';
import { Wishing } from './Wishing';

interface ChosenProps {
  house: House;
  seats: readonly Seat[];
  wishes: Wishes;
  price: Price;
  isComplete: boolean;
  isBusy: boolean;
  error: unknown;
  onRemove: (index: number) => void;
  onWish: (index: number, wish: Wish) => void;
  /** What was chosen for other dates. */
  others: ReturnType<typeof useDateParts>;
  onAddDate: () => void;
  onHold: () => void;
  onAccept: (total: number) => void;
}

/** Why there are no seats; one's own held seats are never told as gone. */
function Refusal(props: Pick<ChosenProps, 'error' | 'price' | 'isBusy' | 'onAccept'>) {
  const { held } = useCart();
  const { error } = props;
  if (hasCode(error, 'seats_held_by_you') && held?.orderId === factOf(error, 'order_id')) {
    return (
      <Panel tone="careful" role="alert" title="You are holding these seats already.">
        <ButtonLink look="line" to={paths.checkout(held?.token ?? '')}>
          Go on with those
        </ButtonLink>
      </Panel>
    );
  }
  return <Refused {...props} />;
}

function Place({ house, seat, wishes, onRemove, onWish }: ChosenProps & { seat: Seat }) {
  const offer = offerOf(house, seat);
  const wish = wishes[seat.index] ?? {};
  const choice = choiceOf(house, seat, wish);
  return (
    <li>
      <span>{seat.label}</span>
      <span className="num">
        {choice === undefined || isOpen(choice) ? '' : priceText(choice.price)}
      </span>
      {offer !== undefined && choice !== undefined && (
        <Wishing
          id={`seat-${String(seat.index)}`}
          of={seat.label}
          offer={offer}
          choice={choice}
          wish={wish}
          onWish={(changed) => {
            onWish(seat.index, changed);
          }}
        />
      )}
      <Button
        look="text"
        aria-label={`Leave out ${seat.label}`}
        onClick={() => {
          onRemove(seat.index);
        }}
      >
        Leave out
      </Button>
    </li>
  );
}

/** The seats chosen so far and what they come to. */
export function Chosen(props: ChosenProps) {
  const { house, seats, price, isComplete, isBusy, error, others, onAddDate, onHold } = props;
  const isReady = seats.length > 0 && isComplete;
  return (
    <section aria-labelledby="chosen-heading" className={styles.chosen}>
      <h2 id="chosen-heading">Your seats</h2>
      {seats.length === 0 && <p className="muted">None yet: choose on the map or in the list.</p>}
      <ul>
        {seats.map((seat) => (
          <Place key={seat.index} seat={seat} {...props} />
        ))}
      </ul>
      <DateParts
        parts={others.parts}
        zone={house.event.timezone}
        currency={price.total.currency}
        onRemove={others.remove}
      />
      <Sum price={price} />
      {error !== null && <Refusal {...props} />}
      {priceChangeOf(error) === null && (
        <Button
          wide
          disabled={!isReady}
          busy={isBusy ? 'Holding your seats…' : null}
          onClick={onHold}
        >
          Take these seats
        </Button>
      )}
      {isReady && house.event.occurrences.length > 1 && (
        <Button look="line" wide onClick={onAddDate}>
          Add another date
        </Button>
      )}
    </section>
  );
}
