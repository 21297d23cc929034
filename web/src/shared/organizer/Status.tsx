import styles from './Status.module.css';

type Tone = 'good' | 'careful' | 'bad' | 'plain' | 'over';

/** How things stand: a mark and a word, so that colour is never alone. */
export function Status({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`${styles.status ?? ''} ${styles[tone] ?? ''}`}>{children}</span>;
}

const EVENTS: Record<string, [Tone, string]> = {
  draft: ['plain', 'Draft'],
  published: ['good', 'Published'],
  cancelled: ['bad', 'Cancelled'],
  ended: ['over', 'Over'],
};

export function EventStatus({ status }: { status: string }) {
  const [tone, word] = EVENTS[status] ?? ['plain', status];
  return <Status tone={tone}>{word}</Status>;
}
