import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { countText } from '~/shared/format/duration';
import { PageHeading } from '~/shared/ui/PageHeading';
import { DateChips } from './DateChips';
import { filtersOf, searchOf, type Filters } from './filters';
import { discoverQuery } from './queries';
import { Results } from './Results';
import { SearchForm } from './SearchForm';
import { words } from './words';

export function Discover() {
  const [search, setSearch] = useSearchParams();
  const filters = filtersOf(search);
  const first = useInfiniteQuery(discoverQuery(filters)).data?.pages[0];
  const change = (part: Partial<Filters>) => {
    setSearch(searchOf({ ...filters, ...part }), { replace: true, preventScrollReset: true });
  };
  return (
    <div className="wrap">
      <div className="mast">
        <div className="mast-head">
          <PageHeading
            title={words.title}
            {...(filters.city !== '' && { tab: `Events in ${filters.city}` })}
          />
          <p className="lede">{words.lede}</p>
        </div>
        <SearchForm
          filters={filters}
          cities={first?.cities ?? []}
          categories={first?.categories ?? []}
          onChange={change}
        />
        <DateChips filters={filters} />
        <p className="vh" role="status">
          {first !== undefined && `${countText(first.total, 'event')} found`}
        </p>
      </div>
      <Results filters={filters} />
    </div>
  );
}
