import { HttpResponse, type JsonBodyType } from 'msw';

/** A refusal as the server words it. */
export function problem(
  status: number,
  code: string,
  detail: string,
  facts: Record<string, JsonBodyType> = {},
) {
  const body = {
    type: 'about:blank',
    title: detail,
    status,
    detail,
    code,
    trace_id: 'tr_1',
    errors: [],
    ...facts,
  };
  return HttpResponse.json(body, {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}
