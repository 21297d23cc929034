import { Link } from 'react-router';
import type { ApplicationRow } from '~/shared/api/generated/boxoffice.schemas';
import { priceText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { momentText } from '~/shared/organizer/orderWords';
import tables from '~/shared/organizer/Table.module.css';
import { useMay } from '~/shared/organizer/useMay';
import { paths } from '~/shared/paths';
import styles from './Applications.module.css';
import { Assess } from './Assess';
import { Decide } from './Decide';
import { ticketsText } from './words';

function Words({ row }: { row: ApplicationRow }) {
  const said = [
    ...(row.message === '' ? [] : [['Their words', row.message]]),
    ...row.answers.map(({ label, shown, ticket }) => [
      ticket === null ? label : `${label} (ticket ${String(ticket)})`,
      shown,
    ]),
    ...(row.answer === '' ? [] : [['Your answer', row.answer]]),
  ];
  if (said.length === 0) return null;
  return (
    <dl className={styles.words}>
      {said.map(([label, text]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the team thinks, for who may not change it. */
function Assessment({ row: { score, note } }: { row: ApplicationRow }) {
  const parts = [score !== null && `Score ${String(score)} of 10`, note !== '' && `Note: ${note}`];
  const text = parts.filter(Boolean).join(' · ');
  return text !== '' && <span className={tables.sub}>{text}</span>;
}

/** Somebody who applies, what they say, and what the team makes of it. */
export function Application({ row }: { row: ApplicationRow }) {
  const { slug } = useArea();
  const mayWrite = useMay('orders:write');
  const isWaiting = row.state === 'waiting';
  return (
    <li className={`${tables.card ?? ''} ${styles.card ?? ''}`}>
      <div className={styles.head}>
        <h2>
          <bdi>{row.buyer_name}</bdi>
        </h2>
        <b className="num">{priceText(row.total)}</b>
      </div>
      <span>
        {ticketsText(row)} · {row.event_title}
      </span>
      <span className={tables.sub}>
        <bdi>{row.buyer_email}</bdi> · applied {momentText(row.sent_at)}
        {isWaiting && ` · kept until ${momentText(row.due_at)}`}
        {row.card !== undefined &&
          row.payment_status === 'authorised' &&
          ` · card authorised until ${momentText(row.card.until)}`}{' '}
        · <Link to={paths.sale(slug, row.order_id)}>Order {row.order_code}</Link>
      </span>
      <Words row={row} />
      {mayWrite ? (
        <div className={styles.foot}>
          <Assess row={row} />
          {isWaiting && <Decide row={row} />}
        </div>
      ) : (
        <Assessment row={row} />
      )}
    </li>
  );
}
