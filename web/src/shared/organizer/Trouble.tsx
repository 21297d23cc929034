import { useLocation } from 'react-router';
import { hasStatus } from '~/shared/api/problems';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Panel } from '~/shared/ui/Panel';

/** A failed call. A session that ended has its own way out; a refusal is not worth asking again. */
export function Trouble({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { pathname, search } = useLocation();
  if (hasStatus(error, 401)) {
    return (
      <Panel tone="careful" role="alert" icon="user" title="You have been signed out">
        <p>Sign in again; you come straight back here.</p>
        <ButtonLink to={`${paths.signIn}?next=${encodeURIComponent(pathname + search)}`}>
          Sign in
        </ButtonLink>
      </Panel>
    );
  }
  const isFinal = onRetry === undefined || hasStatus(error, 403, 404);
  return <ErrorPanel error={error} {...(!isFinal && { onRetry })} />;
}
