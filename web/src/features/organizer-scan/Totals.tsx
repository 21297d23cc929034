import { useQuery } from '@tanstack/react-query';
import { useArea } from '~/shared/organizer/area';
import styles from './Scan.module.css';
import { totalsQuery } from './queries';

const number = new Intl.NumberFormat('en');

/** Admitted of expected. Says how old the count is when it cannot be read. */
export function Totals({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const { data, isError } = useQuery(totalsQuery(slug, eventId));
  return (
    <div className={styles.totals}>
      <p className={styles.count}>
        <span className="vh">Admitted: </span>
        {data === undefined ? '–' : number.format(data.admitted)}
        <small>
          <span className="vh">of </span>
          <span aria-hidden="true">/ </span>
          {data === undefined ? '–' : number.format(data.expected)}
        </small>
      </p>
      <p className="muted">
        {isError ? 'Not up to date: no connection.' : 'admitted of expected, all gates'}
      </p>
    </div>
  );
}
