import type { ConversationRow } from '~/shared/api/generated/boxoffice.schemas';

type Tone = 'careful' | 'plain' | 'good';

const TURNS: Record<ConversationRow['waiting_for'], [Tone, string]> = {
  organizer: ['careful', 'Needs an answer'],
  buyer: ['plain', 'Waiting for the buyer'],
  nobody: ['good', 'Resolved'],
};

const TURN_OF: Record<string, ConversationRow['waiting_for']> = {
  open: 'organizer',
  pending: 'buyer',
  resolved: 'nobody',
};

export function turnWords(turn: ConversationRow['waiting_for']): { tone: Tone; word: string } {
  const [tone, word] = TURNS[turn];
  return { tone, word };
}

export function statusWords(status: string): { tone: Tone; word: string } {
  return turnWords(TURN_OF[status] ?? 'nobody');
}

const sentAt = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** "22 Nov, 20:49" by the reader's clock. */
export function sentText(iso: string): string {
  return sentAt.format(new Date(iso));
}
