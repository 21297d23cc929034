import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { ApiError } from '~/shared/api/problems';

/** Puts the server's field errors beside the fields that `names` gives for their pointers. */
export function placePointers<T extends FieldValues>(
  error: unknown,
  names: Readonly<Record<string, Path<T>>>,
  setError: UseFormSetError<T>,
): void {
  if (!(error instanceof ApiError)) return;
  for (const { pointer, message } of error.problem.errors) {
    const name = Object.hasOwn(names, pointer) ? names[pointer] : undefined;
    if (name !== undefined) setError(name, { message });
  }
}
