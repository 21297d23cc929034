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

/** The instant at which clocks in `zone` show `clock`; null for anything that is no clock time. */
export function instantOf(clock: string, zone: string): string | null {
  const asUtc = Date.parse(`${clock}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const guess = asUtc - offsetAt(asUtc, zone) * 60_000;
  return new Date(asUtc - offsetAt(guess, zone) * 60_000).toISOString();
}

/** `clock` moved by so many hours. */
export function hoursLater(clock: string, hours: number): string {
  const asUtc = Date.parse(`${clock}:00Z`);
  return Number.isNaN(asUtc) ? '' : new Date(asUtc + hours * 3_600_000).toISOString().slice(0, 16);
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
