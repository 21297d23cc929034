import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Breakdown } from './Breakdown';
import { OccurrencePicker } from './OccurrencePicker';
import { OfferRow } from './OfferRow';
import { countOf, isForSale, totalOf, type Quantities } from './quantities';
import { quoteQuery } from './queries';
import { words } from './words';

export const FORM_ID = 'buy';

interface TicketBoxProps {
  event: EventPage;
  quantities: Quantities;
  occurrenceId: string | null;
  voucher: string | null;
  isBusy: boolean;
  error: unknown;
  hint: string | null;
  onQuantity: (ticketTypeId: string, quantity: number) => void;
  onOccurrence: (id: string) => void;
  onSubmit: () => void;
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
function Total({ event, quantities, occurrenceId, voucher }: TicketBoxProps) {
  const quote = useQuery(quoteQuery(event, quantities, occurrenceId, voucher));
  const known = countOf(quantities) > 0 ? quote.data : undefined;
  return (
    <>
      <p className="total">
        <span>Total</span>
        <output className="num">
          {moneyText(known?.total ?? totalOf(event.offers, quantities))}
        </output>
      </p>
      {known !== undefined && <Breakdown quote={known} />}
      {voucher !== null && quote.error !== null && <Hint text={quote.error.message} />}
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

function Foot(props: TicketBoxProps) {
  const { event, isBusy, error, hint } = props;
  const isFree = event.offers.every((offer) => offer.price.amount === 0);
  return (
    <>
      <Total {...props} />
      {hint !== null && <Hint text={hint} />}
      {error !== null && <ErrorPanel error={error} />}
      <Button type="submit" wide busy={isBusy ? words.holding : null}>
        {isFree ? words.getFree : words.get}
      </Button>
      <p className="small">{isFree ? words.free : words.allIn}</p>
    </>
  );
}

/** The tickets on sale, how many of each, what it comes to. */
export function TicketBox(props: TicketBoxProps) {
  const { event, quantities, occurrenceId, onQuantity, onOccurrence, onSubmit, banner } = props;
  const isBuyable = event.status === 'published' && event.offers.some(isForSale);
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
          <OccurrencePicker event={event} value={occurrenceId} onPick={onOccurrence} />
          <ul>
            {event.offers.map((offer) => (
              <OfferRow
                key={offer.ticket_type_id}
                offer={offer}
                zone={event.timezone}
                quantity={quantities[offer.ticket_type_id] ?? 0}
                onChange={(quantity) => {
                  onQuantity(offer.ticket_type_id, quantity);
                }}
              />
            ))}
          </ul>
        </div>
        <div className="stub-foot">
          {isBuyable ? <Foot {...props} /> : <NothingToBuy event={event} />}
        </div>
      </form>
    </section>
  );
}
