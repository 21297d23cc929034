import { Navigate, Outlet, useLocation } from 'react-router';
import { paths } from '~/shared/paths';
import { useSession } from '~/shared/state/session';
import { MuiTheme } from '~/shared/ui/MuiTheme';
import { Shell } from './Shell';

/** Around all organizer pages: for signed-in people only, who come back here once they are. */
export function Component() {
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session.status === 'guest') {
    return (
      <Navigate to={`${paths.signIn}?next=${encodeURIComponent(pathname + search)}`} replace />
    );
  }
  return (
    <MuiTheme>
      <Shell me={session.me}>{session.me !== null && <Outlet />}</Shell>
    </MuiTheme>
  );
}
