import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { orderQuery } from '~/shared/orders/queries';
import { settleAttempt } from '~/shared/paying/attempts';
import { mustApply } from './queries';
import { verdictOf } from './submission';
import type { Purchase } from './useSubmission';
import { words } from './words';

const EVERY_MS = 2000;
const AT_MOST_MS = 60_000;
/** A payment may need a moment to show up: one look is not enough to say that nothing was charged. */
const LOOKS = 3;

/** After a lost answer: asks the server until it is certain what happened, for a minute at most. */
export function useVerdict(order: OrderView, { submission, dispatch, finish }: Purchase): void {
  const queryClient = useQueryClient();
  const { token, id } = order;
  const isPaid = order.total.amount > 0;
  const note = mustApply(order) ? words.applyNotSent : isPaid ? words.notCharged : words.notIssued;
  const isChecking = submission.phase === 'checking';
  useEffect(() => {
    if (!isChecking) return;
    const began = Date.now();
    let looks = 0;
    const settle = (seen: OrderView) => {
      const verdict = verdictOf(seen);
      if (verdict === 'bought' || verdict === 'pending') finish(seen);
      else if (verdict === 'over') dispatch({ type: 'expired' });
      else if (++looks >= LOOKS) {
        settleAttempt(id);
        dispatch({ type: 'notCharged', note });
      }
    };
    const look = () => {
      if (Date.now() - began > AT_MOST_MS) dispatch({ type: 'gaveUp' });
      else queryClient.query({ ...orderQuery(token), retry: false }).then(settle, () => undefined);
    };
    const timer = window.setInterval(look, EVERY_MS);
    return () => {
      window.clearInterval(timer);
    };
  }, [isChecking, token, id, note, queryClient, dispatch, finish]);
}
