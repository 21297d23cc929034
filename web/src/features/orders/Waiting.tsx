import { useEffect, useState } from 'react';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { CopyText } from '~/shared/ui/CopyText';
import { PageHeading } from '~/shared/ui/PageHeading';
import { Panel } from '~/shared/ui/Panel';
import { words } from './words';
import styles from './Waiting.module.css';

const LONG_MS = 60_000;

/** Money is on its way: says so, and says so differently after a minute. */
export function Waiting({ order }: { order: OrderView }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setLong(true);
    }, LONG_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, []);
  return (
    <div className="wrap problem">
      <PageHeading title={words.checkingTitle} />
      <div className={styles.body}>
        {!isLong && <div className={styles.bar} aria-hidden="true" />}
        <Panel tone="careful" role="status">
          <p>{isLong ? words.checkingLong : words.checking}</p>
        </Panel>
        <CopyText label="Order number" text={order.code} />
        {order.status === 'held' && (
          <div className="chips">
            <ButtonLink look="line" to={paths.checkout(order.token)}>
              Back to checkout
            </ButtonLink>
          </div>
        )}
      </div>
    </div>
  );
}
