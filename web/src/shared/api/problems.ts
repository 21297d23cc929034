import type { Problem } from './generated/boxoffice.schemas';

/** A refused or failed call, always with a problem document: the server's own, or ours when it never answered. */
export class ApiError extends Error {
  readonly problem: Problem;
  /** Seconds the server asked us to wait, if it did. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail);
    this.name = 'ApiError';
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** The stable code clients may branch on. */
  get code(): string {
    return this.problem.code;
  }

  /** HTTP status, or 0 when no answer came. */
  get status(): number {
    return this.problem.status;
  }
}

/** A problem of our own making, for an answer that never came. */
export function localProblem(code: string, title: string, detail: string): Problem {
  return { type: 'about:blank', title, status: 0, detail, code, trace_id: '', errors: [] };
}

/** Whether the request may have had its effect although we saw no answer. */
export function isUncertain(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof ApiError && codes.includes(error.code);
}

export function hasStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof ApiError && statuses.includes(error.status);
}

/** A sentence for people. */
export function sentenceOf(error: unknown): string {
  return error instanceof ApiError
    ? error.message
    : 'Something went wrong on this page. Try again.';
}

/** What is wrong with each refused field, for a place that shows no field's error beside it. */
export function sentencesOf(error: unknown): string {
  const errors = error instanceof ApiError ? error.problem.errors : [];
  return errors.length > 0
    ? [...new Set(errors.map(({ message }) => message))].join(' ')
    : sentenceOf(error);
}

/** What to tell support about a fault of ours; null for a refusal, which explains itself. */
export function traceOf(error: unknown): string | null {
  if (!(error instanceof ApiError) || error.status < 500) return null;
  return error.problem.trace_id === '' ? null : error.problem.trace_id;
}

/** A fact the refusal carries beside its sentence, such as `decline_code`. */
export function factOf(error: unknown, name: string): unknown {
  return error instanceof ApiError
    ? (error.problem as unknown as Record<string, unknown>)[name]
    : undefined;
}
