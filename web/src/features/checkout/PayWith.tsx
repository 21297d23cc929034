import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Choices } from '~/shared/ui/forms/Choices';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import styles from './Checkout.module.css';
import { paymentMethodsQuery } from './queries';
import { words } from './words';

interface PayWithProps {
  order: OrderView;
  source: string;
  onPick: (source: string) => void;
}

/** The ways to pay this order. */
export function PayWith({ order, source, onPick }: PayWithProps) {
  const methods = useQuery(paymentMethodsQuery(order));
  const [method] = methods.data ?? [];
  const first = method?.sources[0]?.source ?? '';
  useEffect(() => {
    if (source === '' && first !== '') onPick(first);
  }, [source, first, onPick]);
  return (
    <section className={styles.part} aria-labelledby="pay">
      <h2 id="pay">{words.pay}</h2>
      {methods.isPending && (
        <Loading label="Loading ways to pay">
          <Skeleton height={232} />
        </Loading>
      )}
      {methods.isError && (
        <ErrorPanel error={methods.error} onRetry={() => void methods.refetch()} />
      )}
      {method !== undefined && (
        <Choices
          legend={method.label}
          name="source"
          value={source}
          options={method.sources.map((each) => ({ value: each.source, label: each.label }))}
          onPick={onPick}
        />
      )}
    </section>
  );
}
