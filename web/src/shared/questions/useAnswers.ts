import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrderView, QuestionnaireView } from '~/shared/api/generated/boxoffice.schemas';
import type { FieldMistake } from '~/shared/ui/forms/ErrorSummary';
import { bodyOf, missingIn, valuesOf, wrongOf, type Value, type Values } from './asked';
import { questionnaireQuery, sendAnswers } from './queries';

export interface Answers {
  sheet: QuestionnaireView | undefined;
  isLoading: boolean;
  /** Why the questions could not be loaded. */
  error: unknown;
  values: Values;
  /** What is wrong, by the key of its place. */
  wrong: Readonly<Record<string, string>>;
  mistakes: readonly FieldMistake[];
  attempt: number;
  set: (key: string, value: Value) => void;
  /** Whether nothing that must be answered is missing; marks what is. */
  check: () => boolean;
  /** Sends the answers; what the server refuses is marked, and thrown on. */
  send: () => Promise<void>;
  retry: () => void;
}

interface Refused {
  wrong: Readonly<Record<string, string>>;
  attempt: number;
}

function without(wrong: Refused['wrong'], key: string): Refused['wrong'] {
  return Object.fromEntries(Object.entries(wrong).filter(([one]) => one !== key));
}

/** The answers to an order's questions while they are typed. */
export function useAnswers(order: OrderView): Answers {
  const queryClient = useQueryClient();
  const query = questionnaireQuery(order);
  const read = useQuery(query);
  const [typed, setTyped] = useState<Values>({});
  const [refused, setRefused] = useState<Refused>({ wrong: {}, attempt: 0 });
  const sheet = read.data;
  const values = sheet === undefined ? typed : { ...valuesOf(sheet), ...typed };
  const refuse = (wrong: Record<string, string>) => {
    const isNew = Object.keys(wrong).length > 0;
    setRefused(({ attempt }) => ({ wrong, attempt: isNew ? attempt + 1 : attempt }));
  };
  return {
    sheet,
    isLoading: order.asks === true && read.isPending,
    error: read.error,
    values,
    wrong: refused.wrong,
    mistakes: Object.entries(refused.wrong).map(([id, message]) => ({ id, message })),
    attempt: refused.attempt,
    set: (key, value) => {
      setTyped((before) => ({ ...before, [key]: value }));
      setRefused(({ wrong, attempt }) => ({ wrong: without(wrong, key), attempt }));
    },
    check: () => {
      const missing = sheet === undefined ? {} : missingIn(sheet, values);
      refuse(missing);
      return Object.keys(missing).length === 0;
    },
    send: async () => {
      if (sheet === undefined) return;
      try {
        const told = await sendAnswers(order, bodyOf(sheet, values));
        queryClient.setQueryData(query.queryKey, told);
      } catch (error) {
        refuse(wrongOf(error));
        throw error;
      }
    },
    retry: () => void read.refetch(),
  };
}
