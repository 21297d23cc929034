import type {
  ManagedEvent,
  VoucherBody,
  VouchersBody,
  VoucherView,
} from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { moneyText } from '~/shared/format/money';
import { percentText, shareOf } from '~/shared/format/percent';
import { minorUnits, wholeNumber } from '~/shared/organizer/prices';
import { instantOf } from '~/shared/organizer/wallClock';

type Effect = VoucherView['effect'];
type OnStock = VoucherView['on_stock'];

/** Vouchers as typed. */
export interface Draft {
  code: string;
  count: string;
  effect: Effect;
  value: string;
  uses: string;
  perOrder: string;
  budget: string;
  from: string;
  until: string;
  type: string;
  onStock: OnStock;
  note: string;
}

/** Seats of one date, and the ticket types that they are sold as. */
export interface SeatChoice {
  occurrenceId: string;
  ids: string[];
  types: string[];
}

/** What is wrong with vouchers for these seats; null if they will do. */
export function seatMistake(draft: Draft, seats: SeatChoice | null): string | null {
  if (seats === null) return null;
  if (draft.type !== '' && seats.types.some((type) => type !== draft.type)) {
    return 'Some of the chosen seats are sold as another ticket type than the one it is for.';
  }
  if (draft.onStock !== 'reserve') return null;
  if (seats.types.length > 1) {
    return 'Seats to set aside are of one ticket type; make a voucher for each.';
  }
  return countOf(draft) > 1 ? 'Seats are set aside for one voucher; make one at a time.' : null;
}

export const EMPTY: Draft = {
  code: '',
  count: '1',
  effect: 'percent',
  value: '',
  uses: '1',
  perOrder: '',
  budget: '',
  from: '',
  until: '',
  type: '',
  onStock: 'normal',
  note: '',
};

/** The value in thousandths of a percent or minor units; null when it is none. */
export function valueOf({ effect, value }: Draft, currency: string): number | null {
  if (effect === 'none') return 0;
  const number = effect === 'percent' ? shareOf(value) : minorUnits(value, currency);
  return number === 0 && effect !== 'price' ? null : number;
}

function termsOf(draft: Draft, { currency, timezone }: ManagedEvent, seats: SeatChoice | null) {
  const isAside = seats !== null && draft.onStock === 'reserve';
  return {
    effect: draft.effect,
    value: valueOf(draft, currency) ?? 0,
    max_uses: isAside ? seats.ids.length : (wholeNumber(draft.uses, 1) ?? 1),
    max_per_order: wholeNumber(draft.perOrder, 1),
    budget: draft.budget.trim() === '' ? null : minorUnits(draft.budget, currency),
    valid_from: instantOf(draft.from, timezone),
    valid_until: instantOf(draft.until, timezone),
    ticket_type_ids: draft.type === '' ? [] : [draft.type],
    on_stock: draft.onStock,
    note: draft.note.trim(),
    ...(seats !== null && { seats: seats.ids, occurrence_id: seats.occurrenceId }),
  };
}

export function countOf(draft: Draft): number {
  return wholeNumber(draft.count, 1) ?? 1;
}

export function oneBody(draft: Draft, event: ManagedEvent, seats: SeatChoice | null): VoucherBody {
  return { ...termsOf(draft, event, seats), code: draft.code.trim() || null };
}

export function manyBody(
  draft: Draft,
  event: ManagedEvent,
  seats: SeatChoice | null,
): VouchersBody {
  return { ...termsOf(draft, event, seats), count: countOf(draft), prefix: draft.code.trim() };
}

const STOCK: Record<OnStock, string> = {
  normal: '',
  reserve: 'sets tickets aside',
  bypass: 'also when sold out',
};

function effectText({ effect, value }: VoucherView, currency: string): string {
  const money = moneyText({ amount: value, currency });
  const texts: Record<Effect, string> = {
    percent: `${percentText(value)} off`,
    amount: `${money} off each ticket`,
    price: `${money} instead of the price`,
    none: 'at the normal price',
  };
  return texts[effect];
}

/** "20 % off · for Floor · until Fri 12 Mar 2027, 18:00 · sets tickets aside". */
export function termsText(voucher: VoucherView, event: ManagedEvent): string {
  const names = event.ticket_types
    .filter(({ id }) => voucher.ticket_type_ids.includes(id))
    .map(({ name }) => name);
  const { valid_from: from, valid_until: until } = voucher;
  return [
    effectText(voucher, event.currency),
    names.length > 0 && `for ${names.join(', ')}`,
    voucher.seats.length > 0 && `certain seats: ${String(voucher.seats.length)}`,
    from !== null && `from ${dateTimeText(from, event.timezone)}`,
    until !== null && `until ${dateTimeText(until, event.timezone)}`,
    STOCK[voucher.on_stock],
    voucher.note,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** "3 of 10 used, €45.00 of €100.00 given, 7 set aside". */
export function useText(voucher: VoucherView, currency: string): string {
  const money = (amount: number) => moneyText({ amount, currency });
  return [
    `${String(voucher.used)} of ${String(voucher.max_uses)} used`,
    voucher.budget !== null && `${money(voucher.spent)} of ${money(voucher.budget)} given`,
    voucher.set_aside > 0 && `${String(voucher.set_aside)} set aside`,
  ]
    .filter(Boolean)
    .join(', ');
}
