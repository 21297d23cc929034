import type {
  DiscountBody,
  EventPricesBody,
  EventPricesView,
  FeeBody,
} from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import { percentText } from '~/shared/format/percent';

function withoutId<T extends { id: string }>(rule: T): Omit<T, 'id'> {
  const copy: Partial<T> = { ...rule };
  delete copy.id;
  return copy as Omit<T, 'id'>;
}

/** The rules as they are sent: all of them, whatever changes. */
export function bodyOf(view: EventPricesView): Required<EventPricesBody> {
  return {
    rounding: view.rounding,
    tax_rule_id: view.tax_rule_id,
    type_taxes: view.type_taxes,
    fees: view.fees.map(withoutId),
    discounts: view.discounts.map(withoutId),
  };
}

/** "€1.50 for each ticket + 2.9 % of the total, paid by the buyer". */
export function feeText(fee: FeeBody, currency: string): string {
  const { fixed = 0, percent = 0, per, of, payer } = fee;
  const parts = [
    fixed > 0 &&
      `${moneyText({ amount: fixed, currency })} ${per === 'ticket' ? 'for each ticket' : 'per order'}`,
    percent > 0 &&
      `${percentText(percent)} of ${of === 'total' ? 'the final total' : 'the tickets'}`,
  ];
  const who = payer === 'organizer' ? 'absorbed by you' : 'paid by the buyer';
  return `${parts.filter(Boolean).join(' + ')}, ${who}`;
}

/** "3 for 2" in words, or what a group gets. */
export function discountText(discount: DiscountBody, currency: string): string {
  const { count, pay, percent = 0, amount = 0, kind, with_vouchers } = discount;
  const also = with_vouchers === true ? ', also with vouchers' : '';
  if (kind === 'n_for_m') return `Of each ${String(count)}, ${String(pay ?? 0)} are paid${also}`;
  const off = percent > 0 ? percentText(percent) : moneyText({ amount, currency });
  const what = kind === 'dates' ? 'different dates' : 'tickets';
  return `From ${String(count)} ${what} on, ${off} off each${also}`;
}

/** "for all ticket types", or their names. */
export function typesText(ids: readonly string[], names: ReadonlyMap<string, string>): string {
  if (ids.length === 0) return 'for all ticket types';
  return `for ${ids.map((id) => names.get(id) ?? 'a deleted type').join(', ')}`;
}
