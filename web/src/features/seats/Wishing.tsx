import { priceText } from '~/shared/format/money';
import { groupsOf } from '~/shared/offers/addOns';
import { AddOnGroups } from '~/shared/offers/AddOnGroups';
import { isOpen, proposed } from '~/shared/offers/amounts';
import { choicesOf, isForSale, type Choice } from '~/shared/offers/choices';
import { words, wrongAmountText } from '~/shared/offers/words';
import { pickedOf, priceOf, type Wish } from './basket';
import styles from './Seats.module.css';

interface WishingProps {
  /** Tells the fields from those of other seats. */
  id: string;
  /** Whom or what it is for, told to those who do not see it. */
  of: string;
  offer: Parameters<typeof choicesOf>[0];
  choice: Choice;
  wish: Wish;
  onWish: (wish: Wish) => void;
}

function Variations({ id, of, offer, choice, wish, onWish }: WishingProps) {
  return (
    <label className={styles.field} htmlFor={`${id}-variation`}>
      <span className="vh">{of}: which kind</span>
      <select
        className="box"
        id={`${id}-variation`}
        value={choice.variationId ?? ''}
        onChange={(change) => {
          onWish({ ...wish, variation: change.target.value });
        }}
      >
        {choicesOf(offer).map((one) => (
          <option key={one.key} value={one.variationId ?? ''} disabled={!isForSale(one)}>
            {one.name}, {isOpen(one) ? 'pay what you want' : priceText(one.price)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Amount({ id, of, choice, wish, onWish }: WishingProps) {
  const isWrong = priceOf(choice, wish) === null;
  return (
    <div className={styles.field}>
      <label htmlFor={`${id}-amount`}>
        {words.give(choice.price.currency)}
        <span className="vh">: {of}</span>
      </label>
      <input
        className="box num"
        id={`${id}-amount`}
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        value={wish.amount ?? proposed(choice)}
        onChange={(change) => {
          onWish({ ...wish, amount: change.target.value });
        }}
      />
      {isWrong && (
        <p id={`${id}-wrong`} className="offer-hint">
          {wrongAmountText(choice)}
        </p>
      )}
    </div>
  );
}

function Extras({ of, choice, wish, onWish }: WishingProps) {
  const picked = pickedOf(choice, wish);
  return (
    <div className={styles.extras}>
      <AddOnGroups
        choice={choice}
        picked={picked}
        of={`, ${of}`}
        onPick={(changed) => {
          onWish({ ...wish, picked: { ...picked, ...changed } });
        }}
      />
    </div>
  );
}

/** Where there is more to say than which seat: the variation, what is given, what comes along. */
export function Wishing(props: WishingProps) {
  return (
    <>
      {props.choice.variationId !== null && <Variations {...props} />}
      {isOpen(props.choice) && <Amount {...props} />}
      {groupsOf(props.choice).length > 0 && <Extras {...props} />}
    </>
  );
}
