import { queryOptions } from '@tanstack/react-query';
import { answerOrder, getOrderAnswers } from '~/shared/api/generated/boxoffice';
import type { AnswerBody, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';

/** What an order is asked; asked for only where there is anything. */
export function questionnaireQuery(order: OrderView) {
  return queryOptions({
    queryKey: ['order', order.token, 'answers', order.id],
    queryFn: ({ signal }) =>
      getOrderAnswers(order.organizer_slug, order.id, { ...asHolder(order.token), signal }),
    enabled: order.asks === true,
    staleTime: Infinity,
  });
}

export function sendAnswers(order: OrderView, answers: AnswerBody[]) {
  return answerOrder(order.organizer_slug, order.id, { answers }, asHolder(order.token));
}
