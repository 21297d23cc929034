import { Link, Navigate, useSearchParams } from 'react-router';
import type { MembershipView } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { Page } from '~/shared/organizer/Page';
import { roleText } from '~/shared/organizer/permissions';
import { paths } from '~/shared/paths';
import { useSession } from '~/shared/state/session';
import styles from './Choose.module.css';
import { NewOrganizer } from './NewOrganizer';

function Organizers({ organizers }: { organizers: readonly MembershipView[] }) {
  return (
    <ul className={styles.list}>
      {organizers.map(({ slug, name, role }) => (
        <li key={slug} className={styles.row}>
          <div>
            <h2>
              <Link to={paths.organizerArea(slug)}>{name}</Link>
            </h2>
            <p className="muted">
              /o/{slug} · {roleText(role)}
            </p>
          </div>
          <Icon name="arrow" />
        </li>
      ))}
    </ul>
  );
}

/** Where organizers start: the choice of theirs, or the first one. */
export function Choose() {
  const [search] = useSearchParams();
  const { me } = useSession();
  if (me === null) return null;
  const { organizers } = me;
  const only = organizers.length === 1 ? organizers[0] : undefined;
  if (only !== undefined && !search.has('new')) {
    return <Navigate to={paths.organizerArea(only.slug)} replace />;
  }
  const isFirst = organizers.length === 0;
  return (
    <Page title={isFirst ? 'Sell your own tickets' : 'Your organizers'}>
      {!isFirst && <Organizers organizers={organizers} />}
      <section className={styles.making} aria-labelledby="making">
        <h2 id="making">{isFirst ? 'First, who is organizing?' : 'Another organizer'}</h2>
        <NewOrganizer />
      </section>
    </Page>
  );
}
