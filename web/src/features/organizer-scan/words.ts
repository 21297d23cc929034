import type { ScanView } from '~/shared/api/generated/boxoffice.schemas';

export const VERDICTS: Record<ScanView['reason'], string> = {
  ok: 'Admitted',
  already_admitted: 'Already admitted',
  unknown_ticket: 'Unknown ticket',
  forged: 'Not our ticket',
  wrong_event: 'Another event',
  void: 'No longer valid',
  date_cancelled: 'Date cancelled',
  cancelled: 'Cancelled',
  given_on: 'Given to somebody else',
  changed: 'Changed: ask for the new one',
  unpaid: 'Not paid',
};

const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

/** "20:14:09", or with its day when that is not today, by this device's clock. */
export function clockText(iso: string, now: Date): string {
  const at = new Date(iso);
  const text = time.format(at);
  return at.toDateString() === now.toDateString() ? text : `${day.format(at)}, ${text}`;
}

/** What to do next; for a second entry, when and where the first was. */
export function adviceText(view: ScanView, now: Date): string {
  if (view.reason === 'ok') return '';
  if (view.first_admitted_at === null) return view.message;
  const gate = view.first_gate === null || view.first_gate === '' ? '' : `, ${view.first_gate}`;
  return `First admitted at ${clockText(view.first_admitted_at, now)}${gate}`;
}

const CAMERA: Record<string, string> = {
  NotAllowedError:
    'The browser may not use the camera. Allow it beside the address, then open it again.',
  NotFoundError: 'This device has no camera. Type codes, or use a hand scanner.',
  NotReadableError: 'Another program uses the camera. Close it, then open the camera again.',
};

export function cameraText(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return CAMERA[name] ?? 'The camera did not start. Try again, or type the code.';
}
