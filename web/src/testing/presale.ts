import type {
  PresaleRegistrationView,
  PresaleSettingsView,
  PresaleView,
} from '~/shared/api/generated/boxoffice.schemas';

/** People may register now; early access on 13 March 2027 for a day. */
export function presaleView(changes: Partial<PresaleView> = {}): PresaleView {
  return {
    state: 'open',
    opens_at: '2027-03-01T09:00:00Z',
    closes_at: '2027-03-12T17:00:00Z',
    mode: 'draw',
    max_tickets: 4,
    window_starts_at: '2027-03-13T09:00:00Z',
    window_ends_at: '2027-03-14T09:00:00Z',
    ticket_type_ids: [],
    ...changes,
  };
}

/** The same for the team. */
export function presaleSettings(changes: Partial<PresaleSettingsView> = {}): PresaleSettingsView {
  return {
    state: 'open',
    opens_at: '2027-03-01T09:00:00Z',
    closes_at: '2027-03-12T17:00:00Z',
    mode: 'draw',
    max_tickets: 4,
    total_tickets: 40,
    window_starts_at: '2027-03-13T09:00:00Z',
    window_minutes: 1440,
    ticket_type_ids: [],
    drawn_at: null,
    seed: null,
    on_sale_already: [],
    ...changes,
  };
}

/** Somebody who has registered for two tickets. */
export function presaleRegistration(
  changes: Partial<PresaleRegistrationView> = {},
): PresaleRegistrationView {
  return {
    id: 'r1',
    organizer_slug: 'paradiso',
    organizer_name: 'Paradiso',
    event_id: 'e1',
    event_slug: 'night-bus',
    event_title: 'Night Bus',
    timezone: 'Europe/Amsterdam',
    on_sale: true,
    cancelled: false,
    name: 'Ana',
    email: 'ana@example.org',
    quantity: 2,
    state: 'registered',
    presale: 'open',
    mode: 'draw',
    closes_at: '2027-03-12T17:00:00Z',
    window_starts_at: '2027-03-13T09:00:00Z',
    window_ends_at: '2027-03-14T09:00:00Z',
    ticket_type_ids: [],
    sale_starts_at: '2027-03-20T09:00:00Z',
    early_access: null,
    registered_at: '2027-03-02T10:00:00Z',
    server_time: '2027-03-02T10:00:00Z',
    token: 'paradiso.r1.1.mac',
    ...changes,
  };
}

/** The same with early access that is open. */
export function earlyRegistration(
  changes: Partial<PresaleRegistrationView> = {},
): PresaleRegistrationView {
  return presaleRegistration({
    state: 'won',
    presale: 'drawn',
    early_access: {
      code: '7QZK-M2XV-9RTB',
      state: 'open',
      starts_at: '2027-03-13T09:00:00Z',
      ends_at: '2027-03-14T09:00:00Z',
      left: 2,
    },
    ...changes,
  });
}
