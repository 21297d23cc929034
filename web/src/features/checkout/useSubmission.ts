import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useReducer, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { hasCode } from '~/shared/api/problems';
import { orderQuery } from '~/shared/orders/queries';
import { paths } from '~/shared/paths';
import { useCartDispatch } from '~/shared/state/cart';
import { attemptKey, settleAttempt } from '~/shared/paying/attempts';
import type { Details } from './draft';
import { buy, tellBuyer, type Sending } from './queries';
import { attemptOf, checkShown, TotalChanged } from './totalChange';
import { submissionAtStart, submissionReducer, type Submission } from './submission';

export interface Purchase {
  submission: Submission;
  dispatch: (action: Parameters<typeof submissionReducer>[1]) => void;
  /** `answer` tells the server what it asked, before anything is bought. */
  submit: (details: Details, sending: Sending, answer: () => Promise<void>) => Promise<void>;
  /** Goes to the order's page, once it is bought or its payment is on its way. */
  finish: (order: OrderView) => void;
}

/** Sends the purchase at most once at a time and follows it to its end. */
export function useSubmission(order: OrderView): Purchase {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const dispatchCart = useCartDispatch();
  const [submission, dispatch] = useReducer(submissionReducer, order, submissionAtStart);
  const isRunning = useRef(false);

  const finish = useCallback(
    (bought: OrderView) => {
      settleAttempt(bought.id);
      dispatchCart({ type: 'left', orderId: bought.id });
      queryClient.setQueryData(orderQuery(bought.token).queryKey, bought);
      void navigate(paths.order(bought.token), { replace: true });
    },
    [dispatchCart, navigate, queryClient],
  );

  const lookAgain = () => queryClient.invalidateQueries(orderQuery(order.token));

  const settle = async (told: OrderView, sending: Sending) => {
    try {
      // Other words are another application, under another key.
      const how = [sending.message, sending.source].filter(Boolean).join('·');
      finish(await buy(told, sending, attemptKey(told.id, attemptOf(how, sending.shown))));
    } catch (error) {
      settleAttempt(told.id, error);
      dispatch({ type: 'failed', error });
      if (hasCode(error, 'total_changed')) void lookAgain();
    }
  };

  const submit = async (details: Details, sending: Sending, answer: () => Promise<void>) => {
    if (isRunning.current || submission.phase !== 'editing') return;
    isRunning.current = true;
    dispatch({ type: 'sent' });
    try {
      const told = await tellBuyer(order, details)
        .then(async (view) => {
          checkShown(order, view);
          await answer();
          return view;
        })
        .catch((error: unknown) => {
          dispatch({ type: 'refused', error });
          if (error instanceof TotalChanged) void lookAgain();
        });
      if (told !== undefined) await settle(told, sending);
    } finally {
      isRunning.current = false;
    }
  };
  return { submission, dispatch, submit, finish };
}
