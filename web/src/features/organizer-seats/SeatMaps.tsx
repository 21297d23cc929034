import { useInfiniteQuery } from '@tanstack/react-query';
import { useArea } from '~/shared/organizer/area';
import { LoadMore } from '~/shared/organizer/LoadMore';
import { Page } from '~/shared/organizer/Page';
import tables from '~/shared/organizer/Table.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { paths } from '~/shared/paths';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { GenerateForm } from './GenerateForm';
import { ImportForm } from './ImportForm';
import { mapsQuery } from './queries';
import styles from './Seats.module.css';

function Maps() {
  const { slug } = useArea();
  const read = useInfiniteQuery(mapsQuery(slug));
  if (read.isPending) {
    return (
      <Loading label="Loading seat maps">
        <Skeleton height={160} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  const maps = read.data.pages.flatMap(({ items }) => items);
  if (maps.length === 0) return <p className="muted">No seat maps yet.</p>;
  return (
    <>
      <ul className={tables.cards}>
        {maps.map(({ id, name, seats, standing, version }) => (
          <li key={id} className={tables.card}>
            <strong>{name}</strong>
            <span className={tables.sub}>
              {seats.toLocaleString('en')} seats
              {standing > 0 && `, ${standing.toLocaleString('en')} standing`}, version{' '}
              {String(version)}
            </span>
          </li>
        ))}
      </ul>
      <LoadMore list={read} />
    </>
  );
}

/** The organizer's halls, and the ways to another one. */
export function SeatMaps() {
  const { slug } = useArea();
  const mayWrite = useMay('events:write');
  return (
    <Page title="Seat maps" back={{ to: paths.organizerArea(slug), label: 'Events' }}>
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Maps />
        </div>
        {mayWrite && (
          <div className={styles.stack}>
            <ImportForm />
            <GenerateForm />
          </div>
        )}
      </div>
    </Page>
  );
}
