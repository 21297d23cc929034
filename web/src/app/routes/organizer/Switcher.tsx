import { Link } from 'react-router';
import type { MeView } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { Glyph } from '~/shared/organizer/Glyph';
import { roleText } from '~/shared/organizer/permissions';
import { paths } from '~/shared/paths';
import { useClosing } from '../../layouts/useClosing';
import styles from './Switcher.module.css';

/** Which organizer one works for, and the way to the others. */
export function Switcher({ me, current }: { me: MeView; current: string }) {
  const menu = useClosing();
  const here = me.organizers.find(({ slug }) => slug === current);
  return (
    <details className={styles.menu} ref={menu}>
      <summary className={styles.summary}>
        <span className="vh">Organizer: </span>
        <span className={styles.name}>{here?.name ?? 'Organizers'}</span>
        <Glyph name="chevron" size={18} />
      </summary>
      <div className={styles.sheet}>
        {me.organizers.map(({ slug, name, role }) => (
          <Link
            key={slug}
            to={paths.organizerArea(slug)}
            {...(slug === current && { 'aria-current': 'true' as const })}
          >
            <span>{name}</span>
            <span className={styles.role}>{roleText(role)}</span>
          </Link>
        ))}
        <Link to={`${paths.organizerHome}?new=1`}>
          <span>
            <Icon name="plus" size={18} /> New organizer
          </span>
        </Link>
      </div>
    </details>
  );
}
