import { Link } from 'react-router';
import { searchOf, WHENS, type Filters } from './filters';
import { whenWords } from './words';

function to(filters: Filters): string {
  return `/?${searchOf(filters).toString()}`.replace(/\?$/, '');
}

/** Dates and price as links, so that they work before and without JavaScript. */
export function DateChips({ filters }: { filters: Filters }) {
  return (
    <nav aria-label="Narrow down" className="chips chips-row">
      {WHENS.map((when) => (
        <Link
          key={when}
          className="chip"
          to={to({ ...filters, when })}
          aria-current={filters.when === when ? 'true' : undefined}
          preventScrollReset
        >
          {whenWords[when]}
        </Link>
      ))}
      <Link
        className="chip"
        to={to({ ...filters, isFree: !filters.isFree })}
        aria-current={filters.isFree ? 'true' : undefined}
        preventScrollReset
      >
        Free
      </Link>
    </nav>
  );
}
