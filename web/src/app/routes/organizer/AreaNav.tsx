import { Link, useLocation } from 'react-router';
import { Icon } from '~/shared/icons/Icon';
import { Glyph } from '~/shared/organizer/Glyph';
import { paths } from '~/shared/paths';
import styles from './Shell.module.css';

/** The four places of an organizer. */
export function AreaNav({ organizer }: { organizer: string }) {
  const { pathname } = useLocation();
  const home = paths.organizerArea(organizer);
  const places = [
    {
      to: home,
      label: 'Events',
      icon: <Icon name="calendar" />,
      isHere: pathname === home || pathname.startsWith(`${home}/events`),
    },
    {
      to: paths.sales(organizer),
      label: 'Orders',
      icon: <Glyph name="list" />,
      isHere: [paths.sales, paths.applications, paths.giftCards].some((place) =>
        pathname.startsWith(place(organizer)),
      ),
    },
    { to: paths.scan(organizer), label: 'Scan', icon: <Glyph name="scan" /> },
    { to: paths.inbox(organizer), label: 'Help', icon: <Glyph name="inbox" /> },
  ];
  return (
    <nav className={styles.nav} aria-label="Organizer">
      {places.map(({ to, label, icon, isHere = pathname.startsWith(to) }) => (
        <Link
          key={to}
          to={to}
          className={styles.place}
          {...(isHere && { 'aria-current': 'page' as const })}
        >
          {icon}
          {label}
        </Link>
      ))}
    </nav>
  );
}
