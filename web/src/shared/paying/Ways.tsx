import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Choices } from '~/shared/ui/forms/Choices';
import { Panel } from '~/shared/ui/Panel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import type { WaysRead } from './useWays';

/** How one can pay, to choose from. */
export function Ways({ methods, source, pick }: WaysRead) {
  const [method] = methods.data ?? [];
  return (
    <>
      {methods.isPending && (
        <Loading label="Loading ways to pay…">
          <Skeleton height={232} />
        </Loading>
      )}
      {methods.isError && (
        <ErrorPanel error={methods.error} onRetry={() => void methods.refetch()} />
      )}
      {methods.data?.length === 0 && (
        <Panel tone="careful">
          <p>The organizer has no way to be paid yet. Ask them, or come back later.</p>
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
    </>
  );
}
