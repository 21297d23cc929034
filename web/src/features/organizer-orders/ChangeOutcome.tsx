import type { ChangePreviewView } from '~/shared/api/generated/boxoffice.schemas';
import { ChangeDiff } from '~/shared/orders/change/ChangeDiff';
import { Trouble } from '~/shared/organizer/Trouble';
import { Skeleton } from '~/shared/ui/Skeleton';

interface OutcomeProps {
  read: { data: ChangePreviewView | undefined; isError: boolean; error: unknown };
  zone: string;
}

/** What a change would come to, as a whole. */
export function ChangeOutcome({ read, zone }: OutcomeProps) {
  if (read.isError) return <Trouble error={read.error} />;
  if (read.data === undefined) return <Skeleton height={96} />;
  return (
    <ChangeDiff
      change={read.data}
      zone={zone}
      backLabel="Goes back to the buyer"
      moreLabel="More than the order cost"
    />
  );
}
