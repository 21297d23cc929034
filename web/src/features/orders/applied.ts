import type { ApplicationView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { moneyText } from '~/shared/format/money';

interface AppliedWords {
  title: string;
  text: string;
  tone: 'good' | 'careful' | 'bad' | 'plain';
}

const DENIED: AppliedWords = {
  title: 'Your application was not accepted',
  text: 'The organizer has decided otherwise this time. You have paid nothing.',
  tone: 'bad',
};
/** Its date was, before anybody had decided. */
const CANCELLED: AppliedWords = {
  title: 'What you applied for will not take place',
  text: 'The organizer has cancelled the date. You have paid nothing.',
  tone: 'bad',
};

/** Where an application stands, to who applied. */
export function appliedWords(order: OrderView, application: ApplicationView): AppliedWords {
  const words = standWords(order, application);
  const held = heldText(order, application);
  return held === null
    ? words
    : { ...words, text: `${words.text.replace(PAID_NOTHING, '')}${held}` };
}

const PAID_NOTHING = /; you pay nothing before that(?=\.)| You have paid nothing\.$/;

/** What the card that was given with it holds, or no longer. */
function heldText(
  { card_hold: card, payment_status, timezone }: OrderView,
  { state }: ApplicationView,
): string | null {
  if (card === undefined) return null;
  const amount = moneyText(card.amount);
  switch (payment_status) {
    case 'authorised': {
      if (state !== 'waiting')
        return ` Your card is not charged; the ${amount} that it holds are being let go of.`;
      const until = dateTimeText(card.until, timezone);
      return ` Your card holds ${amount}, at the longest until ${until}, and is charged only if you are accepted.`;
    }
    case 'released':
      return ` Your card was not charged, and holds the ${amount} no longer.`;
    case 'failed':
      return ' The card that you gave with your application was not charged.';
    default:
      return null;
  }
}

function standWords(order: OrderView, application: ApplicationView): AppliedWords {
  const until = dateTimeText(application.due_at, order.timezone);
  switch (application.state) {
    case 'waiting':
      return {
        title: 'The organizer has your application',
        text: `Your tickets are kept until it is decided, at the longest until ${until}. You get a mail then; you pay nothing before that.`,
        tone: 'careful',
      };
    case 'approved':
      return approvedWords(order, until);
    case 'denied':
      return application.decided_at === null ? CANCELLED : DENIED;
    case 'withdrawn':
      return {
        title: 'Your application is withdrawn',
        text: 'The tickets are not kept for you any more. You have paid nothing.',
        tone: 'plain',
      };
    case 'lapsed':
      return {
        title: 'Your application was not decided in time',
        text: 'The tickets are not kept for you any more. You have paid nothing, and may apply again.',
        tone: 'plain',
      };
  }
}

function approvedWords(order: OrderView, until: string): AppliedWords {
  switch (order.status) {
    case 'awaiting_payment':
      return {
        title: 'You are in',
        text: `Pay until ${until}, and the tickets are yours. After that others can have them.`,
        tone: 'good',
      };
    case 'expired':
      return {
        title: 'The time to pay is over',
        text: 'You were accepted, but the tickets were not paid in time and went to others. You were not charged.',
        tone: 'plain',
      };
    default:
      return {
        title: 'This order is cancelled',
        text: 'You were accepted, but the order was cancelled since.',
        tone: 'plain',
      };
  }
}
