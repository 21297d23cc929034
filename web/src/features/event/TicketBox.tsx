import { Fragment, type ReactNode } from 'react';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { sentenceOf } from '~/shared/api/problems';
import { moneyText } from '~/shared/format/money';
import { Breakdown } from '~/shared/orders/Breakdown';
import { PriceChanged } from '~/shared/orders/PriceChanged';
import { priceChangeOf } from '~/shared/orders/priceChange';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { allChoices, shelvesOf } from './choices';
import { CodeForm } from './CodeForm';
import { DateChooser } from './DateChooser';
import { OfferRow, type Choosing } from './OfferRow';
import { isForSale } from './quantities';
import type { Code } from './useCode';
import type { Price } from './usePrice';
import { smallPrint, words } from './words';
import { SeatsLink } from './SeatsLink';

export const FORM_ID = 'buy';

interface TicketBoxProps extends Choosing {
  event: EventPage;
  code: Code;
  occurrenceId: string | null;
  price: Price;
  isBusy: boolean;
  error: unknown;
  hint: string | null;
  onOccurrence: (id: string) => void;
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

/** What the chosen tickets cost together, and what that consists of. */
function Total({ price: { total, quote, error } }: TicketBoxProps) {
  return (
    <>
      <p className="total">
        <span>Total</span>
        <output className="num">{moneyText(total)}</output>
      </p>
      {quote !== undefined && error === null && <Breakdown quote={quote} />}
      {error !== null && <Hint text={sentenceOf(error)} />}
    </>
  );
}

function Hint({ text }: { text: string }) {
  return (
    <p role="alert" className="offer-hint">
      {text}
    </p>
  );
}

/** Why there are no tickets yet; a price that has changed waits for consent. */
function Refusal({ error, price, isBusy, onAccept }: TicketBoxProps) {
  const change = priceChangeOf(error);
  if (change === null) return <ErrorPanel error={error} />;
  return (
    <PriceChanged
      change={change}
      currency={price.total.currency}
      isBusy={isBusy}
      onAccept={() => {
        onAccept(change.new_total);
      }}
    />
  );
}

function Foot(props: TicketBoxProps) {
  const { event, isBusy, error, hint } = props;
  const choices = allChoices(event.offers);
  const isFree = choices.every(({ price, pricing }) => price.amount === 0 && pricing !== 'open');
  return (
    <>
      <Total {...props} />
      {hint !== null && <Hint text={hint} />}
      {error !== null && <Refusal {...props} />}
      {priceChangeOf(error) === null && (
        <Button type="submit" wide busy={isBusy ? words.holding : null}>
          {isFree ? words.getFree : words.get}
        </Button>
      )}
      <p className="small">{smallPrint(event, isFree)}</p>
    </>
  );
}

/** The ticket types under their headings. */
function Offers({ event, quantities, amounts, onQuantity, onAmount }: TicketBoxProps) {
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
            />
          ))}
        </Fragment>
      ))}
    </ul>
  );
}

/** The tickets on sale, how many of each, what it comes to. */
export function TicketBox(props: TicketBoxProps) {
  const { event, code, occurrenceId, onOccurrence, onSubmit, banner } = props;
  const isBuyable = event.status === 'published' && allChoices(event.offers).some(isForSale);
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
          <DateChooser event={event} value={occurrenceId} onPick={onOccurrence} />
          <SeatsLink event={event} occurrenceId={occurrenceId} />
          <Offers {...props} />
          {event.takes_code === true && <CodeForm state={code} />}
        </div>
        <div className="stub-foot">
          {isBuyable ? <Foot {...props} /> : <NothingToBuy event={event} />}
        </div>
      </form>
    </section>
  );
}
