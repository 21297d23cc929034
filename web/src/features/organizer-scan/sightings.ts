const AWAY_MS = 2_500;

/** Lets a code through once while it stays in view; again after it was away for a moment. */
export function makeSightings(): (code: string, now: number) => boolean {
  let last = { code: '', at: -Infinity };
  return (code, now) => {
    const isSame = code === last.code && now - last.at < AWAY_MS;
    last = { code, at: now };
    return !isSame;
  };
}
