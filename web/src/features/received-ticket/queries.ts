import { queryOptions } from '@tanstack/react-query';
import { getReceivedTicket } from '~/shared/api/generated/boxoffice';

/** What the link in the mail opens. */
export function receivedQuery(token: string) {
  return queryOptions({
    queryKey: ['received-ticket', token],
    queryFn: ({ signal }) => getReceivedTicket(token, { signal }),
    staleTime: 0,
  });
}

const base = (token: string) => `/api/v1/ticket-transfers/${token}`;

/** Files of the ticket, for `<a>` and `<img>`. */
export const files = {
  qr: (token: string) => `${base(token)}/qr.svg`,
  pdf: (token: string) => `${base(token)}/ticket.pdf`,
};
