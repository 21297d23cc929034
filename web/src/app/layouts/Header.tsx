import { Link, useLocation } from 'react-router';
import { paths } from '~/shared/paths';
import { useSession } from '~/shared/state/session';
import { AccountMenu } from './AccountMenu';
import { Brand } from './Brand';
import { ModeToggle } from './ModeToggle';

function SignInLink() {
  const { pathname } = useLocation();
  const isAuth = pathname === paths.signIn || pathname === paths.signUp;
  const next = isAuth || pathname === paths.discover ? '' : `?next=${encodeURIComponent(pathname)}`;
  return (
    <Link className="top-link" to={paths.signIn + next}>
      Sign in
    </Link>
  );
}

export function Header() {
  const session = useSession();
  return (
    <header className="top">
      <div className="wrap top-in">
        <Brand />
        <nav aria-label="Main" className="top-nav">
          <Link className="top-link top-far" to={paths.findOrder}>
            Find my order
          </Link>
          <Link className="top-link" to={paths.myTickets}>
            My tickets
          </Link>
          {session.status === 'member' ? <AccountMenu me={session.me} /> : <SignInLink />}
        </nav>
        <ModeToggle />
      </div>
    </header>
  );
}
