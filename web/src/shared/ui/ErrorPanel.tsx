import { hasCode, sentenceOf, sentencesOf, traceOf } from '~/shared/api/problems';
import { Button } from './Button';
import { CopyText } from './CopyText';
import { Panel } from './Panel';

interface ErrorPanelProps {
  error: unknown;
  onRetry?: () => void;
  /** Also what is wrong with each field: nothing beside them says so. */
  isWhole?: boolean;
}

/** What happened, what to do, a way to try again, and the number support will ask for. */
export function ErrorPanel({ error, onRetry, isWhole = false }: ErrorPanelProps) {
  const trace = traceOf(error);
  return (
    <Panel tone="bad" role="alert" {...(hasCode(error, 'offline') && { icon: 'offline' as const })}>
      <p>{isWhole ? sentencesOf(error) : sentenceOf(error)}</p>
      {trace !== null && <CopyText label="Error number" text={trace} />}
      {onRetry !== undefined && (
        <Button look="line" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Panel>
  );
}
