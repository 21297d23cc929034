import { Link } from 'react-router';
import { useArea } from '~/shared/organizer/area';
import { paths } from '~/shared/paths';
import { FILTER_WORDS, FILTERS, searchOf, type Filter } from './filters';
import styles from './Inbox.module.css';

export function FilterTabs({ filter }: { filter: Filter }) {
  const { slug } = useArea();
  return (
    <nav className={styles.filters} aria-label="Which conversations">
      {FILTERS.map((one) => (
        <Link
          key={one}
          to={paths.inbox(slug) + searchOf(one)}
          {...(one === filter && { 'aria-current': 'true' as const })}
        >
          {FILTER_WORDS[one]}
        </Link>
      ))}
    </nav>
  );
}
