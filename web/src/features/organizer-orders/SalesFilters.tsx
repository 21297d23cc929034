import { useQuery } from '@tanstack/react-query';
import { dateText } from '~/shared/format/dates';
import { useArea } from '~/shared/organizer/area';
import { eventChoicesQuery } from '~/shared/organizer/queries';
import { useTyped } from '~/shared/state/useTyped';
import { STATUSES, type Filters } from './filters';
import styles from './Orders.module.css';
import { orderWords } from '~/shared/organizer/orderWords';

interface SalesFiltersProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

/** Types freely; the URL follows when the typing pauses. */
function Search({ q, onChange }: { q: string; onChange: SalesFiltersProps['onChange'] }) {
  const [typed, setTyped] = useTyped(q, (text) => {
    onChange({ q: text });
  });
  return (
    <label>
      <span className="vh">Search orders</span>
      <input
        className="box"
        type="search"
        placeholder="Order number, name or e-mail"
        autoComplete="off"
        value={typed}
        onChange={(change) => {
          setTyped(change.target.value);
        }}
      />
    </label>
  );
}

function EventChoice({ filters, onChange }: SalesFiltersProps) {
  const { slug } = useArea();
  const { data: events = [] } = useQuery(eventChoicesQuery(slug));
  const isKnown = filters.event === '' || events.some(({ id }) => id === filters.event);
  return (
    <label>
      <span className="vh">Event</span>
      <select
        className="box"
        value={filters.event}
        onChange={(change) => {
          onChange({ event: change.target.value });
        }}
      >
        <option value="">All events</option>
        {!isKnown && <option value={filters.event}>This event</option>}
        {events.map((event) => (
          <option key={event.id} value={event.id}>
            {event.title}, {dateText(event.starts_at, event.timezone)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function SalesFilters({ filters, onChange }: SalesFiltersProps) {
  return (
    <div role="search" className={styles.filters}>
      <Search q={filters.q} onChange={onChange} />
      <EventChoice filters={filters} onChange={onChange} />
      <label>
        <span className="vh">Status</span>
        <select
          className="box"
          value={filters.status}
          onChange={(change) => {
            onChange({ status: change.target.value as Filters['status'] });
          }}
        >
          <option value="">Any status</option>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {orderWords(status).word}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
