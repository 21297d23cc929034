import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { countText } from '~/shared/format/duration';
import { useArea } from '~/shared/organizer/area';
import { LoadMore } from '~/shared/organizer/LoadMore';
import { Page } from '~/shared/organizer/Page';
import { Trouble } from '~/shared/organizer/Trouble';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { EmptyState } from '~/shared/ui/EmptyState';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { filtersOf, isNarrowed, searchOf, type Filters } from './filters';
import styles from './Orders.module.css';
import { salesQuery } from './queries';
import { SalesFilters } from './SalesFilters';
import { SalesTable } from './SalesTable';

function Nothing({ filters }: { filters: Filters }) {
  const { slug } = useArea();
  if (isNarrowed(filters)) {
    return (
      <EmptyState
        title="No order matches"
        action={<ButtonLink to={paths.sales(slug)}>Show all orders</ButtonLink>}
      >
        <p>Search finds whole order numbers, and parts of names and e-mail addresses.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No orders yet"
      action={<ButtonLink to={paths.organizerArea(slug)}>See your events</ButtonLink>}
    >
      <p>They appear here the moment somebody takes tickets.</p>
    </EmptyState>
  );
}

function Results({ filters }: { filters: Filters }) {
  const { slug } = useArea();
  const found = useInfiniteQuery(salesQuery(slug, filters));
  if (found.isPending) {
    return (
      <Loading label="Loading orders">
        <Skeleton height={420} />
      </Loading>
    );
  }
  if (found.data === undefined) {
    return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  }
  const orders = found.data.pages.flatMap(({ items }) => items);
  if (orders.length === 0) return <Nothing filters={filters} />;
  return (
    <>
      <p className="vh" role="status">
        {countText(orders.length, 'order')} shown{found.hasNextPage ? ', there are more' : ''}.
      </p>
      <div className={found.isPlaceholderData ? styles.stale : undefined}>
        <SalesTable orders={orders} />
      </div>
      {found.isFetchNextPageError && <Trouble error={found.error} />}
      <LoadMore list={found} />
    </>
  );
}

/** The organizer's orders. What narrows them is in the URL. */
export function Sales() {
  const { slug } = useArea();
  const [search, setSearch] = useSearchParams();
  const filters = filtersOf(search);
  const change = useCallback(
    (part: Partial<Filters>) => {
      setSearch((now) => searchOf({ ...filtersOf(now), ...part }), { replace: true });
    },
    [setSearch],
  );
  return (
    <Page
      title="Orders"
      actions={
        <>
          <ButtonLink look="line" to={paths.giftCards(slug)}>
            Gift cards
          </ButtonLink>
          <ButtonLink look="line" to={paths.applications(slug)}>
            Applications
          </ButtonLink>
        </>
      }
    >
      <SalesFilters filters={filters} onChange={change} />
      <Results filters={filters} />
    </Page>
  );
}
