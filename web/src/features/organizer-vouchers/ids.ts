import type { Draft } from './draft';

/** The inputs' ids. */
export const IDS: Record<keyof Draft, string> = {
  code: 'voucher-code',
  count: 'voucher-count',
  effect: 'voucher-effect',
  value: 'voucher-value',
  uses: 'voucher-uses',
  perOrder: 'voucher-per-order',
  budget: 'voucher-budget',
  from: 'voucher-from',
  until: 'voucher-until',
  type: 'voucher-type',
  onStock: 'voucher-stock',
  note: 'voucher-note',
};
