import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { useSession } from '~/shared/state/session';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { mistakesOf } from '~/shared/ui/forms/mistakes';
import { keepDetails, knownDetails, type Details } from './draft';
import { Finish } from './Finish';
import { PayWith } from './PayWith';
import type { Purchase } from './useSubmission';
import styles from './Checkout.module.css';
import { FIELD_IDS, You } from './You';

/** "You" and "Pay" on one page; what is typed is kept in this tab as it is typed. */
export function CheckoutForm({ order, purchase }: { order: OrderView; purchase: Purchase }) {
  const session = useSession();
  const [source, setSource] = useState('');
  const form = useForm<Details>({
    defaultValues: knownDetails(order, session),
    mode: 'onBlur',
    reValidateMode: 'onBlur',
    shouldFocusError: false,
  });
  const { errors, submitCount } = form.formState;
  const isPaid = order.total.amount > 0;
  const { submission } = purchase;
  const send = (details: Details) => {
    if (!isPaid || source !== '') void purchase.submit(details, source);
  };
  return (
    <form
      className={styles.form}
      noValidate
      aria-label="Checkout"
      onSubmit={(submit) => void form.handleSubmit(send)(submit)}
      onChange={() => {
        keepDetails(form.getValues());
      }}
    >
      {submitCount > 0 && (
        <ErrorSummary mistakes={mistakesOf(errors, FIELD_IDS)} attempt={submitCount} />
      )}
      <You register={form.register} setValue={form.setValue} errors={errors} />
      {isPaid && <PayWith order={order} source={source} onPick={setSource} />}
      <Finish order={order} submission={submission} />
    </form>
  );
}
