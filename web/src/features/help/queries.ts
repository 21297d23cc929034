import { queryOptions } from '@tanstack/react-query';
import { listOrderConversations } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';

export function conversationsQuery(order: OrderView) {
  return queryOptions({
    queryKey: ['order', order.token, 'conversations'],
    queryFn: ({ signal }) =>
      listOrderConversations(order.organizer_slug, order.id, { ...asHolder(order.token), signal }),
  });
}
