/** The web URLs, as functions: nobody else spells them. */
export const paths = {
  discover: '/',
  event: (organizer: string, event: string) => `/e/${organizer}/${event}`,
  /** `asked` is what the page before knew: the date, a code, a voucher. */
  seats: (organizer: string, event: string, asked: Readonly<Record<string, string>> = {}) => {
    const search = new URLSearchParams(asked).toString();
    return `/e/${organizer}/${event}/seats${search === '' ? '' : `?${search}`}`;
  },
  joinWaitlist: (organizer: string, event: string, occurrenceId: string | null) =>
    `/e/${organizer}/${event}/waitlist${occurrenceId === null ? '' : `?occurrence=${occurrenceId}`}`,
  registerEarly: (organizer: string, event: string) => `/e/${organizer}/${event}/early-access`,
  /** A registration for early access, by its link. */
  earlyAccess: (token: string) => `/early-access/${token}`,
  /** The event's page for whoever has early access. */
  eventEarly: (organizer: string, event: string, token: string) =>
    `/e/${organizer}/${event}?early=${token}`,
  organizerProfile: (organizer: string) => `/o/${organizer}`,
  checkout: (orderToken: string) => `/checkout/${orderToken}`,
  /** Orders for several events that are bought together: their checkout, then their tickets. */
  purchase: (token: string) => `/purchases/${token}`,
  order: (orderToken: string) => `/orders/${orderToken}`,
  ticket: (orderToken: string, ticketId: string) => `/t/${orderToken}/${ticketId}`,
  receivedTicket: (token: string) => `/transfers/${token}`,
  myTickets: '/me/tickets',
  findOrder: '/find-order',
  signIn: '/signin',
  signUp: '/signup',
  organizerHome: '/organizer',
  organizerArea: (organizer: string) => `/organizer/${organizer}`,
  newEvent: (organizer: string) => `/organizer/${organizer}/events/new`,
  managedEvent: (organizer: string, eventId: string) => `/organizer/${organizer}/events/${eventId}`,
  managedSeats: (organizer: string, eventId: string) =>
    `/organizer/${organizer}/events/${eventId}/seats`,
  seatMaps: (organizer: string) => `/organizer/${organizer}/seat-maps`,
  eventPrices: (organizer: string, eventId: string) =>
    `/organizer/${organizer}/events/${eventId}/prices`,
  vouchers: (organizer: string, eventId: string) =>
    `/organizer/${organizer}/events/${eventId}/vouchers`,
  eventDates: (organizer: string, eventId: string) =>
    `/organizer/${organizer}/events/${eventId}/dates`,
  changeDates: (organizer: string, eventId: string) =>
    `/organizer/${organizer}/events/${eventId}/change`,
  questions: (organizer: string, eventId: string) =>
    `/organizer/${organizer}/events/${eventId}/questions`,
  orderPolicy: (organizer: string, eventId: string) =>
    `/organizer/${organizer}/events/${eventId}/order-policy`,
  waitlist: (organizer: string, eventId: string) =>
    `/organizer/${organizer}/events/${eventId}/waitlist`,
  presale: (organizer: string, eventId: string) =>
    `/organizer/${organizer}/events/${eventId}/early-access`,
  sales: (organizer: string) => `/organizer/${organizer}/orders`,
  sale: (organizer: string, orderId: string) => `/organizer/${organizer}/orders/${orderId}`,
  applications: (organizer: string) => `/organizer/${organizer}/applications`,
  giftCards: (organizer: string) => `/organizer/${organizer}/gift-cards`,
  scan: (organizer: string) => `/organizer/${organizer}/scan`,
  inbox: (organizer: string) => `/organizer/${organizer}/help`,
  conversation: (organizer: string, id: string) => `/organizer/${organizer}/help/${id}`,
  caughtMail: '/dev/mail',
} as const;

/** Where a signed-in person goes next: the `next` parameter, if it stays on this site. */
export function nextPath(search: URLSearchParams): string {
  const next = search.get('next') ?? '';
  // Browsers skip tabs and line breaks in addresses, so those could hide a second slash.
  return /^\/(?![/\\])[^\t\n\r]*$/.test(next) ? next : paths.myTickets;
}
