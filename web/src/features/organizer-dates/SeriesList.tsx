import { useQuery } from '@tanstack/react-query';
import { endSeries } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, SeriesView } from '~/shared/api/generated/boxoffice.schemas';
import { dateText, dateTimeText } from '~/shared/format/dates';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Button } from '~/shared/ui/Button';
import styles from './Dates.module.css';
import { seriesQuery, useDates } from './queries';
import { ruleText } from './rule';

const FIELDS: Record<string, string> = {
  starts_at: 'start',
  ends_at: 'end',
  doors_at: 'doors',
  rule: 'not by the rule any more',
};

function Drifted({ event, series }: { event: ManagedEvent; series: SeriesView }) {
  if (series.drifted.length === 0) return null;
  return (
    <>
      <h3>Changed by hand</h3>
      <p className="muted">These stay as they are when you change the series.</p>
      <ul>
        {series.drifted.map((one) => (
          <li key={one.occurrence_id}>
            {dateTimeText(one.starts_at, event.timezone)}:{' '}
            {one.fields.map((field) => FIELDS[field] ?? field).join(', ')}
          </li>
        ))}
      </ul>
    </>
  );
}

function Series({ event, series }: { event: ManagedEvent; series: SeriesView }) {
  const { slug } = useArea();
  const mayWrite = useMay('events:write');
  const change = useDates(event.id);
  const last = series.last_at === null ? '' : `, up to ${dateText(series.last_at, event.timezone)}`;
  return (
    <li className={styles.date}>
      <div className={styles.line}>
        <span className={styles.when}>{ruleText(series.rule)}</span>
        <span className="num">
          {series.starts_at.slice(11)}–{series.ends_at.slice(11)}
        </span>
      </div>
      <p className="muted">
        {series.coming} dates to come{last}
      </p>
      {series.excepted.length > 0 && (
        <p className="muted">Not on {series.excepted.map((one) => one.slice(0, 10)).join(', ')}</p>
      )}
      <Drifted event={event} series={series} />
      {change.error !== null && <Trouble error={change.error} />}
      {mayWrite && (
        <div>
          <Button
            look="text"
            busy={change.isPending ? 'Ending…' : null}
            onClick={() => {
              change.mutate(() => endSeries(slug, event.id, series.id));
            }}
          >
            End the series, keep its dates
          </Button>
        </div>
      )}
    </li>
  );
}

/** The rules that make dates, and which dates are not as they say. */
export function SeriesList({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const read = useQuery(seriesQuery(slug, event.id));
  if (read.data === undefined || read.data.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="series-title">
      <h2 id="series-title">Series</h2>
      <ul className={styles.list}>
        {read.data.map((series) => (
          <Series key={series.id} event={event} series={series} />
        ))}
      </ul>
    </section>
  );
}
