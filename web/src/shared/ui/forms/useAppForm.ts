import { useState } from 'react';
import { useForm, type DefaultValues, type FieldValues, type UseFormReturn } from 'react-hook-form';
import type { FieldMistake } from './ErrorSummary';
import { mistakesOf } from './mistakes';

/** A mistake shown in the middle of a press would move the button away from under the pointer. */
export const CALM_MS = 250;

interface AppForm<T extends FieldValues> extends UseFormReturn<T> {
  /** What the last attempt got wrong; it stays until the next attempt. */
  mistakes: readonly FieldMistake[];
  attempt: number;
  /** The form's submit handler: refuses with `mistakes`, else hands the values on. */
  send: (values: (values: T) => unknown) => (event: React.SyntheticEvent) => void;
}

/** How every form here behaves: checked when a field is left and on submit, never while typing. */
export function useAppForm<T extends FieldValues>(
  ids: Readonly<Record<keyof T & string, string>>,
  defaultValues: DefaultValues<T>,
): AppForm<T> {
  const form = useForm<T>({
    defaultValues,
    mode: 'onBlur',
    reValidateMode: 'onChange',
    delayError: CALM_MS,
    shouldFocusError: false,
  });
  const [refused, setRefused] = useState<{ mistakes: readonly FieldMistake[]; attempt: number }>({
    mistakes: [],
    attempt: 0,
  });
  const send: AppForm<T>['send'] = (use) => (event) => {
    void form.handleSubmit(
      (values) => {
        setRefused(({ attempt }) => ({ mistakes: [], attempt }));
        use(values);
      },
      (errors) => {
        setRefused(({ attempt }) => ({ mistakes: mistakesOf(errors, ids), attempt: attempt + 1 }));
      },
    )(event);
  };
  return { ...form, ...refused, send };
}
