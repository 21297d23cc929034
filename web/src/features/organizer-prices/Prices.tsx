import { useQuery } from '@tanstack/react-query';
import type { EventPricesView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { useEventFrame } from '~/shared/organizer/useEventFrame';
import { Trouble } from '~/shared/organizer/Trouble';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { Discounts } from './Discounts';
import { Fees } from './Fees';
import styles from '~/shared/organizer/Settings.module.css';
import { PriceTable } from './PriceTable';
import { eventQuery } from '~/shared/organizer/queries';
import { pricesQuery } from './queries';
import { Taxes } from './Taxes';
import { TaxRules } from './TaxRules';
import { useRules } from './useRules';

function Desk({ eventId, view }: { eventId: string; view: EventPricesView }) {
  const rules = useRules(eventId, view);
  return (
    <div className={styles.page}>
      {rules.error !== null && <Trouble error={rules.error} />}
      <PriceTable view={view} />
      <Taxes rules={rules} />
      <Fees rules={rules} />
      <Discounts rules={rules} />
      <TaxRules />
    </div>
  );
}

/** Taxes, fees and discounts of one event: saved one by one, seen at once in what buyers pay. */
export function Prices({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const event = useQuery(eventQuery(slug, eventId));
  const read = useQuery(pricesQuery(slug, eventId));
  const frame = useEventFrame(eventId, event.data?.title);
  return (
    <Page title="Taxes, fees and discounts" {...frame}>
      {read.isPending && (
        <Loading label="Loading the prices">
          <Skeleton height={420} />
        </Loading>
      )}
      {read.isError && <Trouble error={read.error} onRetry={() => void read.refetch()} />}
      {read.data !== undefined && <Desk eventId={eventId} view={read.data} />}
    </Page>
  );
}
