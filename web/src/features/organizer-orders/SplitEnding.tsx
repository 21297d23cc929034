import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type {
  OrderView,
  SplitLookBody,
  SplitPreviewView,
} from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { moneyText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { areaKey } from '~/shared/organizer/queries';
import { paths } from '~/shared/paths';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Facts } from '~/shared/ui/Facts';
import { Skeleton } from '~/shared/ui/Skeleton';
import styles from './Orders.module.css';
import { useSplit, useSplitPreview } from './useSplit';

function factsOf(shown: SplitPreviewView): (readonly [string, string])[] {
  const isPaid = shown.new_total.amount > 0;
  return [
    ['The new order is', shown.buyer.name],
    ['The new order costs', moneyText(shown.new_total)],
    ['This order costs then', moneyText(shown.left_total)],
    ...(isPaid ? [['Money that goes along', moneyText(shown.paid)] as const] : []),
  ];
}

type Read = ReturnType<typeof useSplitPreview>;

/** What both orders come to, or why it cannot be. */
function Outcome({ read }: { read: Read }) {
  if (read.isError) return <ErrorPanel error={read.error} />;
  if (read.data === undefined) return <Skeleton height={96} />;
  return <Facts facts={factsOf(read.data)} />;
}

interface EndingProps {
  order: OrderView;
  look: SplitLookBody;
  because: string;
  isReady: boolean;
  noun: string;
  onClose: () => void;
}

/** What it comes to, and the way to do it exactly so. */
export function SplitEnding({ order, look, because, isReady, noun, onClose }: EndingProps) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const tell = useTell();
  const read = useSplitPreview(order, look, isReady);
  const splitting = useSplit(order, {
    onDone: (made) => {
      tell('good', `Split. Order ${made.new_order.code} has these tickets; its buyer gets a mail.`);
      void queryClient.invalidateQueries({ queryKey: areaKey(slug) });
      void navigate(paths.sale(slug, made.new_order.id));
    },
    onDiffers: () => void read.refetch(),
  });
  const shown = isReady && !read.isError && !read.isPlaceholderData ? read.data : undefined;
  return (
    <>
      <div aria-live="polite">{isReady && <Outcome read={read} />}</div>
      {splitting.error !== null && <ErrorPanel error={splitting.error} />}
      <div className={styles.more}>
        {shown !== undefined && (
          <Button
            busy={splitting.isPending ? 'Splitting…' : null}
            onClick={() => {
              splitting.mutate({ look, because, shown });
            }}
          >
            Move {countText(shown.tickets.length, noun)} to a new order
          </Button>
        )}
        <Button look="line" onClick={onClose}>
          Keep it together
        </Button>
      </div>
    </>
  );
}
