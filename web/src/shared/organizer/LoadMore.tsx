import { Button } from '~/shared/ui/Button';

interface LoadMoreProps {
  /** An infinite query. */
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
}

/** The way to the next page of a list, while there is one. */
export function LoadMore({ list }: LoadMoreProps) {
  if (!list.hasNextPage) return null;
  return (
    <div>
      <Button
        look="line"
        busy={list.isFetchingNextPage ? 'Loading more…' : null}
        onClick={() => void list.fetchNextPage()}
      >
        Load more
      </Button>
    </div>
  );
}
