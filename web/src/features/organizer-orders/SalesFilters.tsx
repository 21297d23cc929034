import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { dateText } from '~/shared/format/dates';
import { useArea } from '~/shared/organizer/area';
import { eventChoicesQuery } from '~/shared/organizer/queries';
import { STATUSES, type Filters } from './filters';
import styles from './Orders.module.css';
import { orderWords } from '~/shared/organizer/orderWords';

const PAUSE_MS = 300;

interface SalesFiltersProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

/** Types freely; the URL follows when the typing pauses. */
function Search({ q, onChange }: { q: string; onChange: SalesFiltersProps['onChange'] }) {
  const [typed, setTyped] = useState({ text: q, from: q });
  if (typed.from !== q) setTyped({ text: q, from: q });
  useEffect(() => {
    if (typed.text === typed.from) return;
    const timer = window.setTimeout(() => {
      onChange({ q: typed.text });
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [typed, onChange]);
  return (
    <label>
      <span className="vh">Search orders</span>
      <input
        className="box"
        type="search"
        placeholder="Order number, name or e-mail"
        autoComplete="off"
        value={typed.text}
        onChange={(change) => {
          setTyped({ text: change.target.value, from: q });
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
