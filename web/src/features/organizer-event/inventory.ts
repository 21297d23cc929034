import type { ManagedEvent, QuotaView } from '~/shared/api/generated/boxoffice.schemas';

export const KINDS = [
  'sold',
  'pending',
  'held',
  'vouchers',
  'waitlist',
  'blocked',
  'free',
] as const;
export type Kind = (typeof KINDS)[number];
/** Told even where there are none. */
const ALWAYS: readonly Kind[] = ['sold', 'held', 'blocked', 'free'];

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
    KINDS.reduce((sum, kind) => sum + (quota[kind] ?? 0), 0),
  );
  let filled = 0;
  return KINDS.filter((kind) => ALWAYS.includes(kind) || (quota[kind] ?? 0) > 0).map((kind) => {
    const units = quota[kind] ?? 0;
    const start = whole === 0 ? 0 : filled / whole;
    filled += units;
    return { kind, units, start, share: whole === 0 ? 0 : units / whole };
  });
}

/** Where the capacity lies on the bar of an overbooked quota, from 0 to 1; null for the others. */
export function capacityMark(quota: QuotaView): number | null {
  return quota.overbooked_by === 0 ? null : quota.capacity / (quota.capacity + quota.overbooked_by);
}

/** What counts against it: ticket types and variations. */
function countedBy({ ticket_type_ids, variation_ids = [] }: QuotaView): string[] {
  return [...ticket_type_ids, ...variation_ids];
}

/** The quotas that only this ticket type or variation counts against. */
export function ownQuotas(event: ManagedEvent, { id }: { id: string }): QuotaView[] {
  return event.quotas.filter((quota) => {
    const counted = countedBy(quota);
    return counted.length === 1 && counted[0] === id;
  });
}

/** Those that several share, or none uses any more. */
export function sharedQuotas(event: ManagedEvent): QuotaView[] {
  return event.quotas.filter((quota) => countedBy(quota).length !== 1);
}

/** Who shares the quota, by name. */
export function sharers(event: ManagedEvent, quota: QuotaView): string[] {
  const counted = countedBy(quota);
  return event.ticket_types.flatMap(({ id, name, variations = [] }) => [
    ...(counted.includes(id) ? [name] : []),
    ...variations.filter((one) => counted.includes(one.id)).map((one) => `${name} · ${one.name}`),
  ]);
}

/** The ids with one moved a place towards the front or the end. */
export function moved(ids: readonly string[], id: string, step: -1 | 1): string[] {
  const at = ids.indexOf(id);
  const others = ids.filter((one) => one !== id);
  others.splice(Math.max(0, at + step), 0, id);
  return others;
}
