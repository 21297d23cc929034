import { useState } from 'react';
import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { setOrderPolicy } from '~/shared/api/generated/boxoffice';
import type { OrderPolicy } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { useTell } from '~/shared/state/notices';
import { policyQuery } from './queries';

type Change = (now: OrderPolicy) => OrderPolicy;

/**
 * Saves changes one after another, each made to what the one before it left, so that two quick ones
 * both count. `shown` is the policy with those still on their way.
 */
export function usePolicySaving(eventId: string, saved: OrderPolicy) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const tell = useTell();
  const [error, setError] = useState<Error | null>(null);
  const { queryKey } = policyQuery(slug, eventId);
  const mutationKey = [...queryKey, 'saving'];
  const saving = useMutation({
    mutationKey,
    scope: { id: mutationKey.join() },
    mutationFn: (change: Change) =>
      setOrderPolicy(slug, eventId, change(queryClient.getQueryData(queryKey) ?? saved)),
    onMutate: async () => {
      setError(null);
      await queryClient.cancelQueries({ queryKey });
    },
    onSuccess: async (now) => {
      await queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData(queryKey, now);
      tell('good', 'Saved. It counts from now on.');
    },
    onError: (refusal) => {
      setError(refusal);
    },
  });
  const pending = useMutationState({
    filters: { mutationKey, status: 'pending' },
    select: (one) => one.state.variables as Change,
  });
  return {
    change: saving.mutate,
    error,
    shown: pending.reduce((now, change) => change(now), saved),
  };
}
