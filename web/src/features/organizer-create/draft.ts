import type { CreateEventBody } from '~/shared/api/generated/boxoffice.schemas';
import { minorUnits, wholeNumber } from '~/shared/organizer/prices';
import { guessedZone, hoursLater } from '~/shared/organizer/wallClock';

/** What the form holds, all as typed. */
export interface Draft {
  title: string;
  startsAt: string;
  endsAt: string;
  timezone: string;
  format: 'in_person' | 'online';
  venue: string;
  city: string;
  onlineUrl: string;
  ticketName: string;
  price: string;
  quantity: string;
  category: string;
  currency: string;
}

export const IDS: Record<keyof Draft, string> = {
  title: 'event-title',
  startsAt: 'event-starts',
  endsAt: 'event-ends',
  timezone: 'event-zone',
  format: 'event-format',
  venue: 'event-venue',
  city: 'event-city',
  onlineUrl: 'event-online',
  ticketName: 'ticket-name',
  price: 'ticket-price',
  quantity: 'ticket-quantity',
  category: 'event-category',
  currency: 'event-currency',
};

const CURRENCY_OF: Readonly<Record<string, string>> = {
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  JP: 'JPY',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  IN: 'INR',
  BR: 'BRL',
  MX: 'MXN',
};

export const CURRENCIES = ['EUR', ...Object.values(CURRENCY_OF)].sort();

/** The language alone says little: en-US is everybody's default, so only the zone's hints count. */
export function guessedCurrency(language: string, zone: string): string {
  const region = language.split('-').at(1)?.toUpperCase() ?? '';
  if (zone.startsWith('Europe/') && region === 'US') return 'EUR';
  return CURRENCY_OF[region] ?? 'EUR';
}

export function emptyDraft(language: string): Draft {
  const timezone = guessedZone();
  return {
    title: '',
    startsAt: '',
    endsAt: '',
    timezone,
    format: 'in_person',
    venue: '',
    city: '',
    onlineUrl: '',
    ticketName: 'Regular',
    price: '',
    quantity: '',
    category: 'other',
    currency: guessedCurrency(language, timezone),
  };
}

/** Most evenings take three hours: a start suggests an end unless one was chosen that comes later. */
export function suggestedEnd(startsAt: string, endsAt: string): string {
  return startsAt === '' || endsAt > startsAt ? endsAt : hoursLater(startsAt, 3);
}

function placeOf(draft: Draft): Pick<CreateEventBody, 'venue' | 'online_url'> {
  if (draft.format === 'online') return { online_url: draft.onlineUrl.trim() || null };
  return { venue: { name: draft.venue.trim(), city: draft.city.trim() } };
}

/** The request for a draft that passed `rules`. */
export function bodyOf(draft: Draft): CreateEventBody {
  return {
    title: draft.title.trim(),
    starts_at: draft.startsAt,
    ends_at: draft.endsAt,
    timezone: draft.timezone,
    format: draft.format,
    ...placeOf(draft),
    category: draft.category,
    currency: draft.currency,
    ticket: {
      name: draft.ticketName.trim(),
      price: minorUnits(draft.price, draft.currency) ?? 0,
      quantity: wholeNumber(draft.quantity, 1) ?? 0,
    },
  };
}

/** Where the server's field errors belong. */
export const POINTERS: Readonly<Record<string, keyof Draft>> = {
  '/title': 'title',
  '/starts_at': 'startsAt',
  '/ends_at': 'endsAt',
  '/timezone': 'timezone',
  '/venue/name': 'venue',
  '/venue/city': 'city',
  '/online_url': 'onlineUrl',
  '/ticket/name': 'ticketName',
  '/ticket/price': 'price',
  '/ticket/quantity': 'quantity',
  '/category': 'category',
  '/currency': 'currency',
};
