import type { EventPage, OfferView } from '~/shared/api/generated/boxoffice.schemas';

/** A ticket type on sale, named after its id. */
export function offerView(id: string, amount: number, changes: Partial<OfferView> = {}): OfferView {
  return {
    ticket_type_id: id,
    name: id,
    description: '',
    price: { amount, currency: 'EUR' },
    list_price: { amount, currency: 'EUR' },
    fees: [],
    tax: { amount: 0, currency: 'EUR' },
    min_per_order: 1,
    max_per_order: 6,
    state: 'on_sale',
    available: null,
    sales_start: null,
    sales_end: null,
    ...changes,
  };
}

/** A published event in Amsterdam. */
export function eventPage(changes: Partial<EventPage> = {}): EventPage {
  return {
    id: 'e1',
    organizer: {
      id: 'org',
      slug: 'paradiso',
      name: 'Paradiso',
      description: '',
      contact_email: null,
    },
    slug: 'night-bus',
    title: 'Night Bus',
    summary: '',
    description: '',
    category: 'music',
    status: 'published',
    timezone: 'Europe/Amsterdam',
    format: 'in_person',
    venue: { name: 'Paradiso', address: null, city: 'Amsterdam', country: null },
    online_url_hint: false,
    website: null,
    cover: null,
    occurrences: [
      {
        id: 'oc1',
        starts_at: '2027-03-13T19:00:00Z',
        ends_at: '2027-03-13T22:30:00Z',
        doors_at: null,
      },
    ],
    offers: [],
    ...changes,
  };
}
