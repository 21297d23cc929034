import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useArea } from '~/shared/organizer/area';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { giftCardsKey } from './queries';

type Options = ReturnType<ReturnType<typeof useOnceKey>['headers']>;

/** Sends something about gift cards once, however often it has to be sent; all lists follow. */
export function useCardCommand<In, Out>(
  send: (input: In, options: Options) => Promise<Out>,
  done: (out: Out) => void,
) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const key = useOnceKey();
  return useMutation({
    mutationFn: (input: In) => send(input, key.headers()),
    onSettled: (_, error) => {
      key.settle(error ?? undefined);
    },
    onSuccess: async (out) => {
      await queryClient.invalidateQueries({ queryKey: giftCardsKey(slug) });
      done(out);
    },
  });
}
