import type { ApplicationRow, ApplicationState } from '~/shared/api/generated/boxoffice.schemas';

export const STATES: readonly { value: ApplicationState; label: string }[] = [
  { value: 'waiting', label: 'Waiting' },
  { value: 'approved', label: 'Approved' },
  { value: 'denied', label: 'Denied' },
  { value: 'withdrawn', label: 'Withdrawn' },
  { value: 'lapsed', label: 'Lapsed' },
];

export const NOTHING: Record<ApplicationState, string> = {
  waiting: 'Nobody waits for your decision',
  approved: 'Nobody was approved yet',
  denied: 'Nobody was denied',
  withdrawn: 'Nobody has withdrawn',
  lapsed: 'No application has lapsed',
};

export function stateOf(text: string | null): ApplicationState {
  return STATES.find(({ value }) => value === text)?.value ?? 'waiting';
}

/** "2 × Residency, 1 × Dinner". */
export function ticketsText({ tickets }: Pick<ApplicationRow, 'tickets'>): string {
  return tickets.map(({ name, quantity }) => `${String(quantity)} × ${name}`).join(', ');
}
