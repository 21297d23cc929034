import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { EmptyState } from '~/shared/ui/EmptyState';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { CardsSkeleton } from './CardsSkeleton';
import { EventCard } from './EventCard';
import { relaxations, searchOf, type Filters } from './filters';
import { discoverQuery } from './queries';
import { words } from './words';

function NothingFound({ filters }: { filters: Filters }) {
  const ways = relaxations(filters);
  if (ways.length === 0) {
    return (
      <EmptyState title={words.emptyAtAll}>
        <p>New events appear here as soon as an organizer publishes one.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={words.empty} action={<ButtonLink to="/">Show everything</ButtonLink>}>
      <p>Try the same search</p>
      <div className="chips">
        {ways.map((way) => (
          <Link key={way.label} className="chip" to={`/?${searchOf(way.filters).toString()}`}>
            {way.label}
          </Link>
        ))}
      </div>
    </EmptyState>
  );
}

export function Results({ filters }: { filters: Filters }) {
  const found = useInfiniteQuery(discoverQuery(filters));
  if (found.isPending) return <CardsSkeleton />;
  if (found.isError && found.data === undefined) {
    return <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />;
  }
  const events = found.data.pages.flatMap((page) => page.items);
  if (events.length === 0) return <NothingFound filters={filters} />;
  return (
    <>
      <ul className="cards">
        {events.map((event) => (
          <EventCard key={`${event.organizer_slug}/${event.slug}`} event={event} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          look="line"
          busy={found.isFetchingNextPage ? 'Loading more…' : null}
          onClick={() => void found.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </>
  );
}
