import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { ApplicationState } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { LoadMore } from '~/shared/organizer/LoadMore';
import { Page } from '~/shared/organizer/Page';
import tables from '~/shared/organizer/Table.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { paths } from '~/shared/paths';
import { EmptyState } from '~/shared/ui/EmptyState';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { Application } from './Application';
import styles from './Applications.module.css';
import { applicationsQuery, type Sorting } from './queries';
import { NOTHING, STATES, stateOf } from './words';

interface ListProps {
  status: ApplicationState;
  sort: Sorting;
}

function List({ status, sort }: ListProps) {
  const { slug } = useArea();
  const read = useInfiniteQuery(applicationsQuery(slug, status, sort));
  if (read.isPending) {
    return (
      <Loading label="Loading applications">
        <Skeleton height={360} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  const rows = read.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) {
    return (
      <EmptyState title={NOTHING[status]}>
        <p>
          Whoever applies for a ticket type that needs your approval appears here. Their tickets are
          kept until you decide.
        </p>
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={tables.cards} aria-label="Applications">
        {rows.map((row) => (
          <Application key={row.order_id} row={row} />
        ))}
      </ul>
      <LoadMore list={read} />
    </>
  );
}

/** Who applies for tickets. What is shown of it is in the URL. */
export function Applications() {
  const { slug } = useArea();
  const [search, setSearch] = useSearchParams();
  const status = stateOf(search.get('status'));
  const sort: Sorting = search.get('sort') === 'score' ? 'score' : 'sent';
  const change = (name: string, value: string) => {
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        next.set(name, value);
        return next;
      },
      { replace: true },
    );
  };
  return (
    <Page title="Applications" back={{ to: paths.sales(slug), label: 'Orders' }}>
      <div className={styles.page}>
        <div className={styles.filters}>
          <SelectField
            label="Show"
            value={status}
            onChange={(pick) => {
              change('status', pick.target.value);
            }}
          >
            {STATES.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </SelectField>
          <SelectField
            label="In which order"
            value={sort}
            onChange={(pick) => {
              change('sort', pick.target.value);
            }}
          >
            <option value="sent">Who applied first</option>
            <option value="score">The best score first</option>
          </SelectField>
        </div>
        <List status={status} sort={sort} />
      </div>
    </Page>
  );
}
