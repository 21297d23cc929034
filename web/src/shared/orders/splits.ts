import type { SplitMadeView } from '~/shared/api/generated/boxoffice.schemas';

/** "tickets 2 (Front) and 3 (Back)", as they were numbered before. */
export function splitTicketsText({ tickets }: Pick<SplitMadeView, 'tickets'>): string {
  const names = tickets.map(({ number, name }) => `${String(number)} (${name})`);
  const list = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
  return `${names.length === 1 ? 'ticket' : 'tickets'} ${list}`;
}
