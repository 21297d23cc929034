/** Headers that calls about one order carry. */
export function asHolder(orderToken: string): { headers: Record<string, string> } {
  return { headers: { 'Order-Token': orderToken } };
}

/** As `asHolder`, for a command that must happen at most once. */
export function asHolderOnce(orderToken: string, key: string): { headers: Record<string, string> } {
  return { headers: { 'Order-Token': orderToken, 'Idempotency-Key': key } };
}

export function once(key: string): { headers: Record<string, string> } {
  return { headers: { 'Idempotency-Key': key } };
}
