import type { FacetValue } from '~/shared/api/generated/boxoffice.schemas';
import { paths } from '~/shared/paths';
import { useTyped } from '~/shared/state/useTyped';
import type { Filters } from './filters';
import { categoryText, words } from './words';

interface SearchFormProps {
  filters: Filters;
  cities: readonly FacetValue[];
  categories: readonly FacetValue[];
  onChange: (change: Partial<Filters>) => void;
}

interface FacetProps {
  name: string;
  label: string;
  all: string;
  value: string;
  facets: readonly FacetValue[];
  text?: (value: string) => string;
  onPick: (value: string) => void;
}

function Facet({ name, label, all, value, facets, text = (plain) => plain, onPick }: FacetProps) {
  const isKnown = value === '' || facets.some((facet) => facet.value === value);
  return (
    <label>
      <span className="vh">{label}</span>
      <select
        className="box"
        name={name}
        value={value}
        onChange={(change) => {
          onPick(change.target.value);
        }}
      >
        <option value="">{all}</option>
        {!isKnown && <option value={value}>{text(value)}</option>}
        {facets.map((facet) => (
          <option key={facet.value} value={facet.value}>
            {text(facet.value)} ({facet.count})
          </option>
        ))}
      </select>
    </label>
  );
}

export function SearchForm({ filters, cities, categories, onChange }: SearchFormProps) {
  const [typed, setTyped] = useTyped(filters.q, (q) => {
    onChange({ q: q.trim() });
  });
  return (
    <form
      className="search"
      action={paths.discover}
      role="search"
      onSubmit={(submit) => {
        submit.preventDefault();
        onChange({ q: typed.trim() });
      }}
    >
      <label>
        <span className="vh">{words.search}</span>
        <input
          className="box"
          type="search"
          name="q"
          placeholder={words.search}
          autoComplete="off"
          value={typed}
          onChange={(change) => {
            setTyped(change.target.value);
          }}
        />
      </label>
      <button type="submit" className="btn btn-main">
        Search
      </button>
      <Facet
        name="city"
        label="City"
        all={words.allCities}
        value={filters.city}
        facets={cities}
        onPick={(city) => {
          onChange({ city });
        }}
      />
      <Facet
        name="category"
        label="Category"
        all={words.allCategories}
        value={filters.category}
        facets={categories}
        text={categoryText}
        onPick={(category) => {
          onChange({ category });
        }}
      />
    </form>
  );
}
