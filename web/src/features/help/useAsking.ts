import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { openConversation, replyAsBuyer } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolderOnce } from '~/shared/api/headers';
import { newKey } from '~/shared/api/keys';
import { isUncertain } from '~/shared/api/problems';
import { conversationsQuery } from './queries';

export interface Sending {
  send: (message: string) => Promise<unknown>;
  isPending: boolean;
  error: unknown;
}

/** Sends a message: into the given conversation, or as the start of a new one. */
export function useAsking(order: OrderView, conversationId: string | null): Sending {
  const queryClient = useQueryClient();
  const key = useRef<string | null>(null);
  const { organizer_slug: organizer, id, token } = order;
  const asking = useMutation({
    mutationFn: (message: string) => {
      key.current ??= newKey();
      const once = asHolderOnce(token, key.current);
      return conversationId === null
        ? openConversation(organizer, id, { message }, once)
        : replyAsBuyer(organizer, id, conversationId, { message }, once);
    },
    onSuccess: () => {
      key.current = null;
      return queryClient.invalidateQueries(conversationsQuery(order));
    },
    onError: (error) => {
      if (!isUncertain(error)) key.current = null;
    },
  });
  return { send: asking.mutateAsync, isPending: asking.isPending, error: asking.error };
}
