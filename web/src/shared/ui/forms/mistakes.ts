import type { FieldErrors, FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { ApiError } from '~/shared/api/problems';
import type { FieldMistake } from './ErrorSummary';

/** The form's mistakes in the order of `ids`, which maps field names to input ids. */
export function mistakesOf<T extends FieldValues>(
  errors: FieldErrors<T>,
  ids: Readonly<Record<string, string>>,
): FieldMistake[] {
  return Object.entries(ids).flatMap(([name, id]) => {
    const message = errors[name]?.message;
    return typeof message === 'string' && message !== '' ? [{ id, message }] : [];
  });
}

/** Puts the server's field errors beside the fields; returns whether it found a place for any. */
export function placeProblem<T extends FieldValues>(
  error: unknown,
  names: readonly Path<T>[],
  setError: UseFormSetError<T>,
): boolean {
  if (!(error instanceof ApiError)) return false;
  const placed = error.problem.errors.flatMap(({ pointer, message }) => {
    const name = names.find((known) => pointer === `/${known}` || pointer.endsWith(`/${known}`));
    return name === undefined ? [] : [{ name, message }];
  });
  placed.forEach(({ name, message }) => {
    setError(name, { message });
  });
  return placed.length > 0;
}

/** Good enough to catch slips; the mail itself is the proof. */
export const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
