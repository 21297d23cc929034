import { hasCode } from '~/shared/api/problems';
import { declineText } from '~/shared/paying/declines';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Panel } from '~/shared/ui/Panel';
import { totalChangeText } from './totalChange';
import { words } from './words';

/** A refusal by bank or server, and what to do now. */
export function Refused({ error }: { error: unknown }) {
  const change = totalChangeText(error);
  if (change !== null)
    return (
      <Panel tone="careful" role="alert" title={words.totalChanged}>
        <p>{change}</p>
      </Panel>
    );
  if (!hasCode(error, 'card_declined')) return <ErrorPanel error={error} />;
  return (
    <Panel tone="bad" role="alert" title={words.declined}>
      <p>{declineText(error)}</p>
    </Panel>
  );
}
