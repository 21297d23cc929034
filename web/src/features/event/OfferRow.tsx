import type { EventPage, OfferView } from '~/shared/api/generated/boxoffice.schemas';
import { amountName, isOpen, proposed, type Amounts } from '~/shared/offers/amounts';
import { choicesOf, isForSale, type Choice } from '~/shared/offers/choices';
import type { Extras } from '~/shared/offers/addOns';
import { AddOnsOfEach, type PickOne } from '~/shared/offers/AddOnGroups';
import type { Quantities } from './quantities';
import { Stepper } from './Stepper';
import { choicePrice, fewLeft, stateText, words } from '~/shared/offers/words';
import { offerNote } from './words';

export interface Choosing {
  quantities: Quantities;
  amounts: Amounts;
  onQuantity: (key: string, quantity: number) => void;
  onAmount: (key: string, amount: string) => void;
  extras: Extras;
  onPick: PickOne;
}

interface RowProps extends Choosing {
  choice: Choice;
  note: string;
}

function Amount({ choice, amounts, onAmount }: RowProps) {
  const id = amountName(choice.key);
  return (
    <p className="offer-amount">
      <label htmlFor={id}>
        {words.give(choice.price.currency)}
        <span className="vh">: {choice.fullName}</span>
      </label>
      <input
        className="box num"
        id={id}
        name={id}
        inputMode="decimal"
        autoComplete="off"
        value={amounts[choice.key] ?? proposed(choice)}
        onChange={(change) => {
          onAmount(choice.key, change.target.value);
        }}
      />
    </p>
  );
}

function Row(props: RowProps) {
  const { choice, note, quantities, onQuantity, extras, onPick } = props;
  const quantity = quantities[choice.key] ?? 0;
  return (
    <li className="offer">
      <p className="offer-name">{choice.name}</p>
      <p className="offer-price num">{choicePrice(choice)}</p>
      {note !== '' && <p className="offer-note">{note}</p>}
      {isForSale(choice) ? (
        <>
          <Stepper
            choice={choice}
            quantity={quantity}
            onChange={(quantity) => {
              onQuantity(choice.key, quantity);
            }}
          />
          {isOpen(choice) && <Amount {...props} />}
          <AddOnsOfEach choice={choice} quantity={quantity} extras={extras} onPick={onPick} />
        </>
      ) : (
        <p className="offer-state">{stateText(choice)}</p>
      )}
    </li>
  );
}

/** A ticket type; one that comes in variations has a row for each. */
export function OfferRow({
  offer,
  event,
  ...choosing
}: Choosing & { offer: OfferView; event: EventPage }) {
  const note = offerNote(offer, event);
  const choices = choicesOf(offer);
  if (choices.every(({ variationId }) => variationId === null)) {
    return choices.map((choice) => (
      <Row key={choice.key} choice={choice} note={note} {...choosing} />
    ));
  }
  return (
    <li className="offer-group">
      <p className="offer-name">{offer.name}</p>
      {note !== '' && <p className="offer-note">{note}</p>}
      <ul>
        {choices.map((choice) => (
          <Row key={choice.key} choice={choice} note={fewLeft(choice)} {...choosing} />
        ))}
      </ul>
    </li>
  );
}
