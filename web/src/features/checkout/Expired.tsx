import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { hasCode, hasStatus, sentenceOf } from '~/shared/api/problems';
import { PriceChanged } from '~/shared/orders/PriceChanged';
import { priceChangeOf } from '~/shared/orders/priceChange';
import { paths } from '~/shared/paths';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Panel } from '~/shared/ui/Panel';
import { useSameAgain } from './useSameAgain';
import { words } from './words';

const VOUCHER_CODES = [
  'voucher_used_up',
  'voucher_not_valid',
  'voucher_does_not_fit',
  'unknown_voucher',
];

type Again = ReturnType<typeof useSameAgain>;

function WithoutVoucher({ again }: { again: Again }) {
  return (
    <Panel tone="careful" title={words.voucherGoneTitle} role="alert">
      <p>{sentenceOf(again.error)}</p>
      <Button
        busy={again.isPending ? words.againBusy : null}
        onClick={() => {
          again.mutate({ without: 'vouchers' });
        }}
      >
        {words.withoutVoucher}
      </Button>
    </Panel>
  );
}

function Gone({ order, again }: { order: OrderView; again: Again }) {
  return (
    <Panel tone="careful" title={words.goneTitle} role="alert">
      <p>{sentenceOf(again.error)}</p>
      <ButtonLink to={paths.event(order.organizer_slug, order.event_slug)}>
        See what is left
      </ButtonLink>
    </Panel>
  );
}

function TryAgain({ again }: { again: Again }) {
  return (
    <>
      <Panel tone="careful" title={words.expiredTitle} role="alert">
        <p>{words.expired}</p>
        <Button
          busy={again.isPending ? words.againBusy : null}
          onClick={() => {
            again.mutate({});
          }}
        >
          {words.again}
        </Button>
      </Panel>
      {again.isError && <ErrorPanel error={again.error} />}
    </>
  );
}

/** The hold is over: one press asks for the same tickets, and nothing typed is lost. */
export function Expired({ order }: { order: OrderView }) {
  const again = useSameAgain(order);
  const change = priceChangeOf(again.error);
  if (change !== null) {
    return (
      <PriceChanged
        change={change}
        currency={order.total.currency}
        isBusy={again.isPending}
        onAccept={() => {
          again.mutate({ accepted: change, without: again.variables?.without });
        }}
      />
    );
  }
  if (hasCode(again.error, ...VOUCHER_CODES)) return <WithoutVoucher again={again} />;
  if (hasStatus(again.error, 409)) return <Gone order={order} again={again} />;
  return <TryAgain again={again} />;
}
