/** Shares are counted in thousandths of a percent. */
const THOUSANDTHS = 1000;

/** "19 %", "8.875 %". */
export function percentText(share: number): string {
  return `${String(share / THOUSANDTHS)} %`;
}

/** A share as one would type it: "19", "8.875"; nothing for none. */
export function percentInput(share: number): string {
  return share === 0 ? '' : String(share / THOUSANDTHS);
}

/** The share of a percentage as typed ("19", "8,875"); null when it is none up to 100. */
export function shareOf(text: string): number | null {
  const typed = text.trim().replace(',', '.');
  if (!/^\d{1,3}(\.\d{1,3})?$/.test(typed)) return null;
  const share = Math.round(Number(typed) * THOUSANDTHS);
  return share <= 100 * THOUSANDTHS ? share : null;
}
