/** What a member may do; the server decides, these words only explain. */
export type Ability =
  'events:read' | 'events:write' | 'orders:read' | 'orders:write' | 'scan' | 'support';

const GRANTED_BY: Record<Ability, string> = {
  'events:read': 'every role',
  'events:write': 'owner, manager or marketing',
  'orders:read': 'owner, manager, finance, support or read-only',
  'orders:write': 'owner, manager or finance',
  scan: 'owner, manager or door',
  support: 'owner, manager or support',
};

const SUBJECTS: Record<Ability, string> = {
  'events:read': 'see events',
  'events:write': 'change events',
  'orders:read': 'see orders',
  'orders:write': 'change orders',
  scan: 'scan tickets',
  support: 'answer buyers',
};

/** "read_only" → "read-only". */
export function roleText(role: string): string {
  return role.replaceAll('_', '-');
}

/** Says what is missing, which role has it and who can grant it. */
export function refusalText(ability: Ability, role: string, organizer: string): string {
  return `Your role here is ${roleText(role)}. To ${SUBJECTS[ability]} you need to be ${GRANTED_BY[ability]}; an owner of ${organizer} can change your role.`;
}
