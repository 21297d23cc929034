/** Clock times as `<input type="datetime-local">` and the API have them: "2027-03-14T19:00". */

/** What clocks in `zone` show at that instant. */
export function wallClock(iso: string, zone: string): string {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(iso));
  return text.replace(' ', 'T');
}

/** Minutes by which clocks in `zone` are ahead of UTC at that instant. */
function offsetAt(instant: number, zone: string): number {
  const shown = Date.parse(`${wallClock(new Date(instant).toISOString(), zone)}:00Z`);
  return (shown - Math.floor(instant / 60_000) * 60_000) / 60_000;
}

const CLOCK = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** As if the clock showed UTC; NaN for anything that is no clock time. */
function asUtc(clock: string): number {
  return CLOCK.test(clock) ? Date.parse(`${clock}:00Z`) : NaN;
}

/** The instant at which clocks in `zone` show `clock`; null for anything that is no clock time. */
export function instantOf(clock: string, zone: string): string | null {
  const shown = asUtc(clock);
  if (Number.isNaN(shown)) return null;
  const guess = shown - offsetAt(shown, zone) * 60_000;
  return new Date(shown - offsetAt(guess, zone) * 60_000).toISOString();
}

/** `clock` moved by so many hours. */
export function hoursLater(clock: string, hours: number): string {
  const shown = asUtc(clock);
  return Number.isNaN(shown) ? '' : new Date(shown + hours * 3_600_000).toISOString().slice(0, 16);
}

/** The device's zone. */
export function guessedZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Every zone, the guessed one included however it is called, grouped by region. */
export function zonesByRegion(guess: string): [string, string[]][] {
  const regions = new Map<string, string[]>();
  for (const zone of [...new Set([...Intl.supportedValuesOf('timeZone'), guess, 'UTC'])].sort()) {
    const region = zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'Other';
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [...regions];
}
