import type { WaitlistEntryView } from '~/shared/api/generated/boxoffice.schemas';

/** Somebody who waits for two tickets, third in line. */
export function waitlistEntry(changes: Partial<WaitlistEntryView> = {}): WaitlistEntryView {
  return {
    id: 'w1',
    organizer_slug: 'paradiso',
    organizer_name: 'Paradiso',
    event_id: 'e1',
    event_slug: 'night-bus',
    event_title: 'Night Bus',
    occurrence_id: 'oc1',
    starts_at: '2027-03-13T19:00:00Z',
    ends_at: '2027-03-13T22:30:00Z',
    timezone: 'Europe/Amsterdam',
    venue: { name: 'Paradiso', address: null, city: 'Amsterdam', country: null },
    name: 'Ana',
    email: 'ana@example.org',
    quantity: 2,
    wishes: [
      { ticket_type_id: 'floor', ticket_type_name: 'Floor', variation_names: [] },
      { ticket_type_id: 'balcony', ticket_type_name: 'Balcony', variation_names: [] },
    ],
    state: 'waiting',
    mode: 'fifo',
    position: 3,
    waiting: 12,
    offer: null,
    joined_at: '2027-01-02T10:00:00Z',
    server_time: new Date().toISOString(),
    token: 'paradiso.w1.1.mac',
    ...changes,
  };
}

/** Two for the floor are kept for an hour. */
export function offeredEntry(changes: Partial<WaitlistEntryView> = {}): WaitlistEntryView {
  return waitlistEntry({
    state: 'offered',
    position: null,
    offer: {
      ticket_type_id: 'floor',
      ticket_type_name: 'Floor',
      variation_id: null,
      variation_name: null,
      quantity: 2,
      comes_with: [
        {
          ticket_type_id: 'dinner',
          ticket_type_name: 'Dinner',
          variation_id: null,
          variation_name: null,
          quantity: 2,
        },
      ],
      price: { amount: 2850, currency: 'EUR' },
      total: { amount: 5700, currency: 'EUR' },
      pricing: 'fixed',
      ends_at: new Date(Date.now() + 3_600_000).toISOString(),
    },
    ...changes,
  });
}
