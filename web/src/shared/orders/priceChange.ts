import { ApiError } from '~/shared/api/problems';

/** What the server says when an order would cost something else than its buyer was shown. */
export interface PriceChange {
  old_total: number;
  new_total: number;
  lines: {
    ticket_type_id: string;
    ticket_type_name: string;
    old: number | null;
    new: number;
  }[];
}

/** The change that a refusal is about; null for any other error. */
export function priceChangeOf(error: unknown): PriceChange | null {
  if (!(error instanceof ApiError) || error.code !== 'price_changed') return null;
  return error.problem as unknown as PriceChange;
}
