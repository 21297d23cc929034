import { hasStatus, sentenceOf, traceOf } from '~/shared/api/problems';
import { paths } from '~/shared/paths';
import { Button, ButtonLink } from './Button';
import { CopyText } from './CopyText';
import { StatusPage } from './StatusPage';

export function NotFoundPage() {
  return (
    <StatusPage
      title="Nothing here"
      actions={<ButtonLink to={paths.findOrder}>Find my order</ButtonLink>}
    >
      <p>This address leads nowhere. It may be mistyped, or from an old mail.</p>
    </StatusPage>
  );
}

export function GonePage() {
  return (
    <StatusPage title="This page has been taken down">
      <p>
        The organizer withdrew it. If you have a ticket, it is still in your mail and under “Find my
        order”.
      </p>
    </StatusPage>
  );
}

/** The page for an error that leaves nothing else to show. */
export function ProblemPage({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (hasStatus(error, 404)) return <NotFoundPage />;
  if (hasStatus(error, 410)) return <GonePage />;
  const trace = traceOf(error);
  const retry =
    onRetry ??
    (() => {
      window.location.reload();
    });
  return (
    <StatusPage title="That did not work" actions={<Button onClick={retry}>Try again</Button>}>
      <p>{sentenceOf(error)}</p>
      {trace !== null && <CopyText label="Error number" text={trace} />}
    </StatusPage>
  );
}
