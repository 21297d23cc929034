import { useState } from 'react';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { dueOf } from '~/shared/orders/tender';
import { Questions } from '~/shared/questions/Questions';
import { useAnswers } from '~/shared/questions/useAnswers';
import { useSession } from '~/shared/state/session';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { Apply } from './Apply';
import { hasApplied, keepDetails, knownDetails, type Details } from './draft';
import { Finish } from './Finish';
import { PayWith } from './PayWith';
import { mustApply } from './queries';
import { Sent } from './Sent';
import type { Purchase } from './useSubmission';
import styles from './Checkout.module.css';
import { TaxPlace } from './TaxPlace';
import { expected } from './totalChange';
import { usePaying, type Paying } from './usePaying';
import { FIELD_IDS, You } from './You';

/** What sending means. An application comes with a card where there is any for that: `holds`. */
function meaningOf(order: OrderView, paying: Paying) {
  const applies = mustApply(order);
  const isDue = dueOf(order).amount > 0;
  const holds = applies && isDue && (paying.methods.data ?? []).length > 0;
  const isPaid = isDue && (!applies || holds);
  return { applies, holds, isPaid, isPreparing: isDue && paying.isLoading };
}

/** "You" and "Pay" on one page; what is typed is kept in this tab as it is typed. */
export function CheckoutForm({ order, purchase }: { order: OrderView; purchase: Purchase }) {
  const session = useSession();
  const paying = usePaying(order);
  const answers = useAnswers(order);
  const isSent = hasApplied(order);
  const form = useAppForm<Details>(FIELD_IDS, knownDetails(order, session));
  const { applies, holds, isPaid, isPreparing } = meaningOf(order, paying);
  const [message, setMessage] = useState('');
  const submit = (event: React.SyntheticEvent) => {
    const isAnswered = answers.check();
    form.send((details) => {
      if (!isAnswered || (isPaid && paying.source === '')) return;
      const source = isPaid ? paying.source : '';
      void purchase.submit(details, { source, message, shown: expected(order) }, answers.send);
    })(event);
  };
  return (
    <form
      className={styles.form}
      noValidate
      aria-label="Checkout"
      onSubmit={submit}
      onChange={() => {
        keepDetails(order, form.getValues());
      }}
    >
      <ErrorSummary
        mistakes={[...form.mistakes, ...answers.mistakes]}
        attempt={form.attempt + answers.attempt}
      />
      {isSent ? (
        <Sent order={order} />
      ) : (
        <You register={form.register} setValue={form.setValue} errors={form.formState.errors} />
      )}
      {order.needs_customer === true && <TaxPlace order={order} />}
      <Questions order={order} answers={answers} isSent={isSent} />
      {applies && <Apply holds={holds} onSay={setMessage} />}
      {isPaid && <PayWith paying={paying} holds={holds} />}
      <Finish
        order={order}
        submission={purchase.submission}
        isPreparing={isPreparing || answers.isLoading}
      />
    </form>
  );
}
