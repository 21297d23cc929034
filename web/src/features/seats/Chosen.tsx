import { moneyText, priceText } from '~/shared/format/money';
import { factOf, hasCode } from '~/shared/api/problems';
import { paths } from '~/shared/paths';
import type { Seat } from '~/shared/seats/hall';
import { useCart } from '~/shared/state/cart';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Panel } from '~/shared/ui/Panel';
import { offerOf, totalOf, type House } from './choice';
import styles from './Seats.module.css';

interface ChosenProps {
  house: House;
  seats: readonly Seat[];
  isBusy: boolean;
  error: unknown;
  onRemove: (index: number) => void;
  onHold: () => void;
}

/** Why there are no seats; one's own held seats are never told as gone. */
function Refusal({ error }: { error: unknown }) {
  const { held } = useCart();
  if (hasCode(error, 'seats_held_by_you') && held?.orderId === factOf(error, 'order_id')) {
    return (
      <Panel tone="careful" role="alert" title="You are holding these seats already.">
        <ButtonLink look="line" to={paths.checkout(held?.token ?? '')}>
          Go on with those
        </ButtonLink>
      </Panel>
    );
  }
  return <ErrorPanel error={error} />;
}

/** The seats chosen so far and what they come to. */
export function Chosen({ house, seats, isBusy, error, onRemove, onHold }: ChosenProps) {
  return (
    <section aria-labelledby="chosen-heading" className={styles.chosen}>
      <h2 id="chosen-heading">Your seats</h2>
      {seats.length === 0 && <p className="muted">None yet: choose on the map or in the list.</p>}
      <ul>
        {seats.map((seat) => {
          const offer = offerOf(house, seat);
          return (
            <li key={seat.index}>
              <span>{seat.label}</span>
              <span className="num">{offer === undefined ? '' : priceText(offer.price)}</span>
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
        })}
      </ul>
      <p className="total">
        <span>Total</span>
        <output className="num">{moneyText(totalOf(house, seats))}</output>
      </p>
      {error !== null && <Refusal error={error} />}
      <Button
        wide
        disabled={seats.length === 0}
        busy={isBusy ? 'Holding your seats…' : null}
        onClick={onHold}
      >
        Take these seats
      </Button>
    </section>
  );
}
