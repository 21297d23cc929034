import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Choices } from '~/shared/ui/forms/Choices';
import { Panel } from '~/shared/ui/Panel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import styles from './Checkout.module.css';
import type { Paying } from './usePaying';
import { words } from './words';

/** The ways to pay this order. */
export function PayWith({ paying: { methods, source, pick } }: { paying: Paying }) {
  const [method] = methods.data ?? [];
  return (
    <section className={styles.part} aria-labelledby="pay">
      <h2 id="pay">{words.pay}</h2>
      {methods.isPending && (
        <Loading label={words.loadingWays}>
          <Skeleton height={232} />
        </Loading>
      )}
      {methods.isError && (
        <ErrorPanel error={methods.error} onRetry={() => void methods.refetch()} />
      )}
      {methods.data?.length === 0 && (
        <Panel tone="careful">
          <p>{words.noWays}</p>
        </Panel>
      )}
      {method !== undefined && (
        <Choices
          legend={method.label}
          name="source"
          value={source}
          options={method.sources.map((each) => ({ value: each.source, label: each.label }))}
          onPick={pick}
        />
      )}
    </section>
  );
}
