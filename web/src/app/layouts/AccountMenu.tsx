import { Link, useNavigate } from 'react-router';
import { logOut } from '~/shared/api/generated/boxoffice';
import type { MeView } from '~/shared/api/generated/boxoffice.schemas';
import { queryClient } from '~/shared/api/queryClient';
import { Icon } from '~/shared/icons/Icon';
import { paths } from '~/shared/paths';
import { useTell } from '~/shared/state/notices';
import { useSessionDispatch } from '~/shared/state/session';
import styles from './AccountMenu.module.css';
import { useClosing } from './useClosing';

function useSignOut(): () => void {
  const dispatch = useSessionDispatch();
  const navigate = useNavigate();
  const tell = useTell();
  return () => {
    logOut().then(
      () => {
        dispatch({ type: 'known', me: null });
        queryClient.clear();
        void navigate(paths.discover);
      },
      () => {
        tell('bad', 'You are still signed in: the server did not answer. Try again.');
      },
    );
  };
}

export function AccountMenu({ me }: { me: MeView }) {
  const menu = useClosing();
  const signOut = useSignOut();
  return (
    <details className={styles.menu} ref={menu}>
      <summary className="top-link">
        <Icon name="user" />
        <span className={styles.name}>{me.user.name}</span>
      </summary>
      <div className={styles.sheet}>
        <p className={styles.who}>{me.user.email}</p>
        {me.organizers.map((organizer) => (
          <Link key={organizer.slug} to={paths.organizerArea(organizer.slug)}>
            {organizer.name}
          </Link>
        ))}
        <Link to={paths.organizerHome}>
          {me.organizers.length === 0 ? 'Sell tickets' : 'All organizers'}
        </Link>
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </div>
    </details>
  );
}
