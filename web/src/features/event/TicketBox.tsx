import { Fragment, type ReactNode } from 'react';
import type { EventPage, SlotView } from '~/shared/api/generated/boxoffice.schemas';
import { DateParts } from '~/shared/offers/DateParts';
import type { DatePart } from '~/shared/offers/dates';
import { Hint, Refusal, Sum } from '~/shared/offers/Sum';
import { priceChangeOf } from '~/shared/orders/priceChange';
import { Button } from '~/shared/ui/Button';
import { EarlyAccessBanner, PresaleNote } from './EarlyAccess';
import { DateChooser } from './DateChooser';
import { allChoices, isForSale, shelvesOf } from '~/shared/offers/choices';
import { AddedTo } from '~/shared/offers/AddedTo';
import { CodeForm } from '~/shared/offers/CodeForm';
import { OfferRow, type Choosing } from './OfferRow';
import type { EarlyAccess } from '~/shared/offers/useEarlyAccess';
import type { Code } from '~/shared/offers/useCode';
import type { Price, Terms } from '~/shared/offers/usePrice';
import { countOf } from './quantities';
import { smallPrint, words } from './words';
import { SeatsLink } from './SeatsLink';
import { WaitlistLink } from './WaitlistLink';

export const FORM_ID = 'buy';

interface TicketBoxProps extends Choosing {
  event: EventPage;
  code: Code;
  terms: Terms;
  early: EarlyAccess | null;
  price: Price;
  isBusy: boolean;
  error: unknown;
  hint: string | null;
  /** What was chosen for other dates. */
  others: readonly DatePart[];
  onDate: (slot: SlotView) => void;
  onAddDate: () => void;
  onRemoveDate: (part: DatePart) => void;
  onSubmit: () => void;
  /** The buyer consents to another total than the page has shown. */
  onAccept: (total: number) => void;
  /** Stands above the tickets. */
  banner: ReactNode;
}

function reasonFor(event: EventPage, isSoldOut: boolean): string {
  if (event.offers.length === 0) return words.noTickets;
  return isSoldOut ? words.allGone : words.nothing;
}

function NothingToBuy({ event }: { event: EventPage }) {
  const isSoldOut =
    event.offers.length > 0 && event.offers.every((offer) => offer.state === 'sold_out');
  return (
    <>
      <p className="total">{isSoldOut ? words.soldOut : words.notOnSale}</p>
      <p className="small">{reasonFor(event, isSoldOut)}</p>
    </>
  );
}

/** The way to tickets for more dates, while there are others and something is chosen. */
function AnotherDate({ event, quantities, onAddDate }: TicketBoxProps) {
  if (event.occurrences.length < 2 || countOf(quantities) === 0) return null;
  return (
    <Button look="line" wide onClick={onAddDate}>
      {words.anotherDate}
    </Button>
  );
}

function Foot(props: TicketBoxProps) {
  const { event, price, isBusy, error, hint, onAccept } = props;
  const choices = allChoices(event.offers);
  const isFree = choices.every(({ price, pricing }) => price.amount === 0 && pricing !== 'open');
  return (
    <>
      <DateParts
        parts={props.others}
        zone={event.timezone}
        currency={price.total.currency}
        onRemove={props.onRemoveDate}
      />
      <Sum price={price} />
      {hint !== null && <Hint text={hint} />}
      {error !== null && (
        <Refusal error={error} price={price} isBusy={isBusy} onAccept={onAccept} />
      )}
      {priceChangeOf(error) === null && (
        <Button type="submit" wide busy={isBusy ? words.holding : null}>
          {isFree ? words.getFree : words.get}
        </Button>
      )}
      <AnotherDate {...props} />
      <AddedTo event={event} />
      <p className="small">{smallPrint(event, isFree)}</p>
    </>
  );
}

/** The ticket types under their headings. */
function Offers({ event, ...props }: TicketBoxProps) {
  const { quantities, amounts, extras, onQuantity, onAmount, onPick } = props;
  return (
    <ul>
      {shelvesOf(event.offers, event.categories ?? []).map(({ heading, offers }) => (
        <Fragment key={heading?.id ?? ''}>
          {heading !== null && (
            <li className="offer-heading">
              <h3>{heading.name}</h3>
            </li>
          )}
          {offers.map((offer) => (
            <OfferRow
              key={offer.ticket_type_id}
              offer={offer}
              event={event}
              quantities={quantities}
              amounts={amounts}
              onQuantity={onQuantity}
              onAmount={onAmount}
              extras={extras}
              onPick={onPick}
            />
          ))}
        </Fragment>
      ))}
    </ul>
  );
}

/** The tickets on sale, how many of each, what it comes to. */
export function TicketBox(props: TicketBoxProps) {
  const { event, code, terms, early, others, onDate, onSubmit, banner } = props;
  const isForSaleNow = allChoices(event.offers).some(isForSale);
  const isBuyable = event.status === 'published' && (isForSaleNow || others.length > 0);
  return (
    <section className="stub" id="tickets" aria-labelledby="tickets-heading">
      <form
        id={FORM_ID}
        action="#tickets"
        noValidate
        onSubmit={(submit) => {
          submit.preventDefault();
          onSubmit();
        }}
      >
        <div className="stub-top">
          <h2 id="tickets-heading">{words.tickets}</h2>
          {banner}
          {early !== null && <EarlyAccessBanner event={event} early={early} />}
          <DateChooser event={event} value={terms.occurrenceId} onPick={onDate} />
          <SeatsLink event={event} terms={terms} early={early} />
          <Offers {...props} />
          {event.takes_code === true && <CodeForm state={code} />}
        </div>
        <div className="stub-foot">
          {isBuyable ? <Foot {...props} /> : <NothingToBuy event={event} />}
          {early === null && <PresaleNote event={event} />}
          <WaitlistLink event={event} occurrenceId={terms.occurrenceId} />
        </div>
      </form>
    </section>
  );
}
