/** The web URLs, as functions: nobody else spells them. */
export const paths = {
  discover: '/',
  event: (organizer: string, event: string) => `/e/${organizer}/${event}`,
  organizerProfile: (organizer: string) => `/o/${organizer}`,
  checkout: (orderToken: string) => `/checkout/${orderToken}`,
  order: (orderToken: string) => `/orders/${orderToken}`,
  ticket: (orderToken: string, ticketId: string) => `/t/${orderToken}/${ticketId}`,
  myTickets: '/me/tickets',
  findOrder: '/find-order',
  signIn: '/signin',
  signUp: '/signup',
  organizerHome: '/organizer',
  organizerArea: (organizer: string) => `/organizer/${organizer}`,
  caughtMail: '/dev/mail',
} as const;

/** Where a signed-in person goes next: the `next` parameter, if it stays on this site. */
export function nextPath(search: URLSearchParams): string {
  const next = search.get('next') ?? '';
  return /^\/(?![/\\])/.test(next) ? next : paths.myTickets;
}
