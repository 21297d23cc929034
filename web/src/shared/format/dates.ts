/** Event dates, always in the event's own time zone, as the server's first screen words them too. */

interface Moment {
  weekday: string;
  day: string;
  month: string;
  year: string;
  time: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(zone, made);
  return made;
}

const MONTHS = new Map([['Sept', 'Sep']]);

function momentOf(iso: string, zone: string): Moment {
  const parts = new Map(
    formatIn(zone)
      .formatToParts(new Date(iso))
      .map((part) => [part.type, part.value]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const month = read('month');
  return {
    weekday: read('weekday'),
    day: read('day'),
    month: MONTHS.get(month) ?? month,
    year: read('year'),
    time: `${read('hour')}:${read('minute')}`,
  };
}

const dateOf = (at: Moment) => `${at.weekday} ${at.day} ${at.month} ${at.year}`;

/** "Sat 14 Mar 2027". */
export function dateText(iso: string, zone: string): string {
  return dateOf(momentOf(iso, zone));
}

/** "19:00". */
export function timeText(iso: string, zone: string): string {
  return momentOf(iso, zone).time;
}

/** "Sat 14 Mar 2027, 19:00". */
export function dateTimeText(iso: string, zone: string): string {
  const at = momentOf(iso, zone);
  return `${dateOf(at)}, ${at.time}`;
}

function daysText(from: Moment, to: Moment): string {
  if (from.year !== to.year)
    return `${from.day} ${from.month} ${from.year} – ${to.day} ${to.month} ${to.year}`;
  if (from.month !== to.month)
    return `${from.day} ${from.month} – ${to.day} ${to.month} ${to.year}`;
  return `${from.day}–${to.day} ${to.month} ${to.year}`;
}

/** An evening may end after midnight and is still one evening. */
function isOneEvening(startsAt: string, endsAt: string, to: Moment): boolean {
  const hours = (Date.parse(endsAt) - Date.parse(startsAt)) / 3_600_000;
  return hours < 12 && to.time <= '06:00';
}

/** The days alone: "Sat 14 Mar 2027", or "14–16 Mar 2027" when it takes several. */
export function daySpanText(startsAt: string, endsAt: string, zone: string): string {
  const [from, to] = [momentOf(startsAt, zone), momentOf(endsAt, zone)];
  if (dateOf(from) === dateOf(to) || isOneEvening(startsAt, endsAt, to)) return dateOf(from);
  return daysText(from, to);
}

/** For cards: "Sat 14 Mar 2027, 19:00", or the days when it takes several. */
export function cardDateText(startsAt: string, endsAt: string, zone: string): string {
  const days = daySpanText(startsAt, endsAt, zone);
  return days === dateText(startsAt, zone) ? dateTimeText(startsAt, zone) : days;
}

/** The hours: "19:00–22:30", "23:00 → Sun 04:00", or "starts 09:00" for several days. */
export function hoursText(startsAt: string, endsAt: string, zone: string): string {
  const [from, to] = [momentOf(startsAt, zone), momentOf(endsAt, zone)];
  if (dateOf(from) === dateOf(to)) return `${from.time}–${to.time}`;
  return isOneEvening(startsAt, endsAt, to)
    ? `${from.time} → ${to.weekday} ${to.time}`
    : `starts ${from.time}`;
}

/** What people call the zone: "Berlin time" for Europe/Berlin. */
export function zoneText(zone: string): string {
  if (!zone.includes('/') || zone.startsWith('Etc/')) return 'UTC';
  return `${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')} time`;
}

/** "starts 09:00, Berlin time". */
export function hoursInZoneText(startsAt: string, endsAt: string, zone: string): string {
  return `${hoursText(startsAt, endsAt, zone)}, ${zoneText(zone)}`;
}
