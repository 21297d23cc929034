import type { Drawing, SeatAvailability } from '~/shared/api/generated/boxoffice.schemas';

/** Two rows: three seats of Stalls, two of Balcony, the last a wheelchair place. */
export function smallHall(): Drawing {
  return {
    name: 'Small hall',
    seats: 5,
    width: 80,
    height: 60,
    left: -20,
    top: -20,
    categories: [
      { name: 'Stalls', color: '#2447f9', standing: 0 },
      { name: 'Balcony', color: null, standing: 0 },
    ],
    sections: [
      {
        name: 'Hall',
        rows: [
          { label: '1', x: [0, 200, 200], y: [0, 0, 0], first: 0, number: 1, category: 0 },
          {
            label: '2',
            x: [0, 200],
            y: [200, 0],
            first: 10,
            numbers: ['7', '8'],
            categories: [1, 1],
            accessible: [1],
          },
        ],
      },
    ],
    areas: [
      {
        x: 0,
        y: -20,
        area: { shape: 'rectangle', rectangle: { width: 40, height: 10 }, text: { text: 'Stage' } },
      },
    ],
  };
}

/** The second seat is sold, the third held by somebody. */
export function seatAvailability(changes: Partial<SeatAvailability> = {}): SeatAvailability {
  return {
    occurrence_id: 'oc1',
    as_of: '2027-01-01T00:00:00Z',
    drawing: '/api/v1/events/paradiso/night-bus/seat-maps/v1',
    seat_prefix: '0123456789abcdef01234567',
    seats: 5,
    gone: btoa('\u0002'),
    held: btoa('\u0004'),
    categories: [
      { name: 'Stalls', ticket_type_id: 'Floor' },
      { name: 'Balcony', ticket_type_id: 'Balcony' },
    ],
    ...changes,
  };
}
