import { useQuery } from '@tanstack/react-query';
import type { OrderPolicy as Policy } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { useEventFrame } from '~/shared/organizer/useEventFrame';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { Approving } from './Approving';
import { Cancelling } from './Cancelling';
import { Changing } from './Changing';
import { GivingBack } from './GivingBack';
import { GivingOn } from './GivingOn';
import settings from '~/shared/organizer/Settings.module.css';
import { eventQuery } from '~/shared/organizer/queries';
import { policyQuery } from './queries';
import { usePolicySaving } from './usePolicySaving';

interface DeskProps {
  eventId: string;
  policy: Policy;
  currency: string;
}

function Desk({ eventId, policy, currency }: DeskProps) {
  const mayWrite = useMay('events:write');
  const saving = usePolicySaving(eventId, policy);
  const { shown } = saving;
  return (
    <fieldset className={settings.page} disabled={!mayWrite}>
      <legend className="vh">What buyers may do</legend>
      {saving.error !== null && <Trouble error={saving.error} />}
      <Cancelling
        terms={shown.cancellation ?? {}}
        currency={currency}
        mayWrite={mayWrite}
        onChange={(parts) => {
          saving.change((now) => ({ ...now, cancellation: { ...now.cancellation, ...parts } }));
        }}
      />
      <GivingOn
        terms={shown.transfer ?? {}}
        onChange={(parts) => {
          saving.change((now) => ({ ...now, transfer: { ...now.transfer, ...parts } }));
        }}
      />
      <GivingBack
        terms={shown.returns ?? {}}
        onChange={(parts) => {
          saving.change((now) => ({ ...now, returns: { ...now.returns, ...parts } }));
        }}
      />
      <Changing
        terms={shown.changes ?? {}}
        onChange={(parts) => {
          saving.change((now) => ({ ...now, changes: { ...now.changes, ...parts } }));
        }}
      />
      <Approving
        terms={shown.approval ?? {}}
        onSet={(parts) => {
          saving.change((now) => ({ ...now, approval: { ...now.approval, ...parts } }));
        }}
      />
    </fieldset>
  );
}

/** What buyers of an event may do with their orders themselves; every change is saved at once. */
export function OrderPolicy({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const event = useQuery(eventQuery(slug, eventId));
  const read = useQuery(policyQuery(slug, eventId));
  const frame = useEventFrame(eventId, event.data?.title);
  const failed = read.error ?? event.error;
  return (
    <Page title="What buyers may do" {...frame}>
      {failed !== null ? (
        <Trouble error={failed} onRetry={() => void read.refetch()} />
      ) : read.data !== undefined && event.data !== undefined ? (
        <Desk eventId={eventId} policy={read.data} currency={event.data.currency} />
      ) : (
        <Loading label="Loading the terms">
          <Skeleton height={420} />
        </Loading>
      )}
    </Page>
  );
}
