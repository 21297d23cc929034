import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { OrderView, PurchaseView } from '~/shared/api/generated/boxoffice.schemas';
import { isOpen } from '~/shared/orders/isOpen';
import { purchaseQuery, purchasesKey } from '~/shared/orders/queries';
import { usePurchaseWays } from '~/shared/paying/useWays';
import { Questions } from '~/shared/questions/Questions';
import { useAnswers, type Answers } from '~/shared/questions/useAnswers';
import { useCartDispatch } from '~/shared/state/cart';
import { useSession } from '~/shared/state/session';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import styles from './Checkout.module.css';
import { keepDetails, knownDetails, type Details } from './draft';
import { PayWith } from './PayWith';
import { buyText, buyTogether } from './purchase';
import { Refused } from './Refused';
import { TaxPlace } from './TaxPlace';
import { FIELD_IDS, You } from './You';
import { words } from './words';

type Sheets = Map<string, Answers>;

interface AskedProps {
  order: OrderView;
  sheets: React.MutableRefObject<Sheets>;
}

/** What one of the organizers' events asks; the form sends all of them. */
function Asked({ order, sheets }: AskedProps) {
  const answers = useAnswers(order);
  useEffect(() => {
    const known = sheets.current;
    known.set(order.id, answers);
    return () => {
      known.delete(order.id);
    };
  }, [answers, order.id, sheets]);
  return (
    <section className={styles.part} aria-label={`Questions for ${order.event_title}`}>
      <h2>{order.event_title}</h2>
      <Questions order={order} answers={answers} isBare />
    </section>
  );
}

interface Sent {
  details: Details;
  source: string;
}

function useBuyingTogether(purchase: PurchaseView, sheets: React.MutableRefObject<Sheets>) {
  const queryClient = useQueryClient();
  const dispatch = useCartDispatch();
  return useMutation({
    mutationFn: ({ details, source }: Sent) =>
      buyTogether(purchase, details, source, async () => {
        for (const sheet of sheets.current.values()) await sheet.send();
      }),
    onSuccess: (bought) => {
      dispatch({ type: 'left', orderId: bought.id });
      queryClient.setQueryData(purchaseQuery(bought.token).queryKey, bought);
    },
    // Perhaps it had its effect: the purchase itself can tell.
    onError: () => queryClient.invalidateQueries({ queryKey: purchasesKey }),
  });
}

/** Who buys, what the events ask, and one payment for all of it. */
export function PurchaseForm({ purchase }: { purchase: PurchaseView }) {
  const session = useSession();
  const sheets = useRef<Sheets>(new Map());
  const buying = useBuyingTogether(purchase, sheets);
  const isPaid = purchase.due.amount > 0;
  const ways = usePurchaseWays(purchase, isPaid);
  const [first] = purchase.orders;
  const known = first === undefined ? { email: '', name: '' } : knownDetails(first, session);
  const form = useAppForm<Details>(FIELD_IDS, known);
  const open = purchase.orders.filter(isOpen);
  const submit = (event: React.SyntheticEvent) => {
    const isAnswered = [...sheets.current.values()].map((one) => one.check()).every(Boolean);
    form.send((details) => {
      if (!isAnswered || (isPaid && ways.source === '') || buying.isPending) return;
      buying.mutate({ details, source: isPaid ? ways.source : '' });
    })(event);
  };
  return (
    <form
      className={styles.form}
      noValidate
      aria-label="Checkout"
      onSubmit={submit}
      onChange={() => {
        if (first !== undefined) keepDetails(first, form.getValues());
      }}
    >
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      <You register={form.register} setValue={form.setValue} errors={form.formState.errors} />
      {open.map((order) => order.needs_customer && <TaxPlace key={order.id} order={order} />)}
      {open.map((order) => order.asks && <Asked key={order.id} order={order} sheets={sheets} />)}
      {isPaid && <PayWith paying={{ ...ways, isLoading: ways.methods.isPending }} />}
      <div className={styles.finish}>
        {buying.isError && <Refused error={buying.error} />}
        <p className="muted">{words.terms}</p>
        <Button
          type="submit"
          wide
          busy={buying.isPending ? (isPaid ? words.working : words.workingFree) : null}
        >
          {buyText(purchase)}
        </Button>
      </div>
    </form>
  );
}
