import type {
  ManagedEvent,
  QuotaView,
  TicketTypeView,
} from '~/shared/api/generated/boxoffice.schemas';

export const KINDS = ['sold', 'held', 'blocked', 'free'] as const;
export type Kind = (typeof KINDS)[number];

export interface Segment {
  kind: Kind;
  units: number;
  /** Of the whole bar, from 0 to 1. */
  start: number;
  share: number;
}

/** The parts of a quota, end to end: they fill the capacity, or what is overbooked if that is more. */
export function segmentsOf(quota: QuotaView): Segment[] {
  const whole = Math.max(
    quota.capacity,
    KINDS.reduce((sum, kind) => sum + quota[kind], 0),
  );
  let filled = 0;
  return KINDS.map((kind) => {
    const start = whole === 0 ? 0 : filled / whole;
    filled += quota[kind];
    return { kind, units: quota[kind], start, share: whole === 0 ? 0 : quota[kind] / whole };
  });
}

/** Where the capacity lies on the bar of an overbooked quota, from 0 to 1; null for the others. */
export function capacityMark(quota: QuotaView): number | null {
  return quota.overbooked_by === 0 ? null : quota.capacity / (quota.capacity + quota.overbooked_by);
}

/** The quotas that only this ticket type counts against. */
export function ownQuotas(event: ManagedEvent, type: TicketTypeView): QuotaView[] {
  return event.quotas.filter(
    ({ ticket_type_ids: types }) => types.length === 1 && types[0] === type.id,
  );
}

/** Those that several types share, or none uses any more. */
export function sharedQuotas(event: ManagedEvent): QuotaView[] {
  return event.quotas.filter(({ ticket_type_ids: types }) => types.length !== 1);
}
