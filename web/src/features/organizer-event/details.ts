import type {
  ChangeEventBody,
  ManagedEvent,
  VenueView,
} from '~/shared/api/generated/boxoffice.schemas';
import { wallClock } from '~/shared/organizer/wallClock';

/** What can be edited about an event, as typed. */
export interface Details {
  title: string;
  summary: string;
  description: string;
  category: string;
  website: string;
  startsAt: string;
  endsAt: string;
  timezone: string;
  format: string;
  venue: string;
  address: string;
  city: string;
  country: string;
  onlineUrl: string;
}

export const IDS: Record<keyof Details, string> = {
  title: 'detail-title',
  summary: 'detail-summary',
  description: 'detail-description',
  category: 'detail-category',
  website: 'detail-website',
  startsAt: 'detail-starts',
  endsAt: 'detail-ends',
  timezone: 'detail-zone',
  format: 'detail-format',
  venue: 'detail-venue',
  address: 'detail-address',
  city: 'detail-city',
  country: 'detail-country',
  onlineUrl: 'detail-online',
};

function placeOf(venue: VenueView | null): Pick<Details, 'venue' | 'address' | 'city' | 'country'> {
  if (venue === null) return { venue: '', address: '', city: '', country: '' };
  const { name, address, city, country } = venue;
  return { venue: name, address: address ?? '', city: city ?? '', country: country ?? '' };
}

export function detailsOf(event: ManagedEvent): Details {
  const first = event.occurrences[0];
  return {
    title: event.title,
    summary: event.summary,
    description: event.description,
    category: event.category,
    website: event.website ?? '',
    startsAt: first === undefined ? '' : wallClock(first.starts_at, event.timezone),
    endsAt: first === undefined ? '' : wallClock(first.ends_at, event.timezone),
    timezone: event.timezone,
    format: event.format,
    ...placeOf(event.venue),
    onlineUrl: event.online_url ?? '',
  };
}

const orNull = (text: string) => text.trim() || null;

function wholeBody(details: Details): Required<Omit<ChangeEventBody, 'max_per_person'>> {
  const venue = orNull(details.venue);
  return {
    title: details.title.trim(),
    summary: details.summary.trim(),
    description: details.description.trim(),
    category: details.category,
    website: orNull(details.website),
    starts_at: details.startsAt,
    ends_at: details.endsAt,
    timezone: details.timezone,
    format: details.format as Required<ChangeEventBody>['format'],
    venue:
      venue === null
        ? null
        : {
            name: venue,
            address: orNull(details.address),
            city: orNull(details.city),
            country: orNull(details.country),
          },
    online_url: orNull(details.onlineUrl),
  };
}

/** Only what differs, so that two people editing different things do not undo one another. */
export function changesOf(before: Details, after: Details): ChangeEventBody {
  const old: Record<string, unknown> = wholeBody(before);
  const pairs = Object.entries(wholeBody(after)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]),
  );
  return Object.fromEntries(pairs);
}

/** Where the server's field errors belong. */
export const POINTERS: Readonly<Record<string, keyof Details>> = {
  '/title': 'title',
  '/summary': 'summary',
  '/description': 'description',
  '/category': 'category',
  '/website': 'website',
  '/starts_at': 'startsAt',
  '/ends_at': 'endsAt',
  '/timezone': 'timezone',
  '/format': 'format',
  '/venue/name': 'venue',
  '/venue/address': 'address',
  '/venue/city': 'city',
  '/venue/country': 'country',
  '/online_url': 'onlineUrl',
};
