import { hasCode, sentenceOf, traceOf } from '~/shared/api/problems';
import { Button } from './Button';
import { CopyText } from './CopyText';
import { Panel } from './Panel';

/** What happened, what to do, a way to try again, and the number support will ask for. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const trace = traceOf(error);
  return (
    <Panel tone="bad" role="alert" {...(hasCode(error, 'offline') && { icon: 'offline' as const })}>
      <p>{sentenceOf(error)}</p>
      {trace !== null && <CopyText label="Error number" text={trace} />}
      {onRetry !== undefined && (
        <Button look="line" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Panel>
  );
}
