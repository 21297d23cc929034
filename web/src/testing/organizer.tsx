import type { ReactElement } from 'react';
import type { ManagedEvent, QuotaView } from '~/shared/api/generated/boxoffice.schemas';
import { AreaProvider } from '~/shared/organizer/area';
import { renderPage } from './render';

const ALL = ['events:read', 'events:write', 'orders:read', 'orders:write', 'scan', 'support'];

/** Renders an organizer's page for a member with these permissions. */
export function renderInArea(
  page: ReactElement,
  path: string,
  permissions: string[] = ALL,
  arrival?: Promise<void>,
) {
  const member = { organizer_id: 'og1', slug: 'paradiso', name: 'Paradiso' };
  return renderPage(
    <AreaProvider value={{ ...member, role: 'door', permissions }}>{page}</AreaProvider>,
    path.split('?')[0] ?? path,
    path,
    arrival,
  );
}

/** 100 places, none taken. */
export function quota(changes: Partial<QuotaView> = {}): QuotaView {
  return {
    id: 'q1',
    occurrence_id: 'oc1',
    kin: 'q1',
    name: 'Floor',
    capacity: 100,
    claimed: 0,
    sold: 0,
    held: 0,
    blocked: 0,
    free: 100,
    overbooked_by: 0,
    ticket_type_ids: ['floor'],
    ...changes,
  };
}

/** A draft in Amsterdam without tickets. */
export function managedEvent(changes: Partial<ManagedEvent> = {}): ManagedEvent {
  return {
    id: 'e1',
    slug: 'night-bus',
    title: 'Night Bus',
    summary: '',
    description: '',
    category: 'music',
    status: 'draft',
    timezone: 'Europe/Amsterdam',
    format: 'in_person',
    venue: { name: 'Paradiso', address: null, city: 'Amsterdam', country: null },
    online_url: null,
    website: null,
    currency: 'EUR',
    cover: null,
    occurrences: [
      {
        id: 'oc1',
        starts_at: '2027-03-13T19:00:00Z',
        ends_at: '2027-03-13T22:30:00Z',
        doors_at: null,
      },
    ],
    ticket_types: [],
    quotas: [],
    public_path: '/e/paradiso/night-bus',
    created_at: '2026-11-22T20:00:00Z',
    ...changes,
  };
}
