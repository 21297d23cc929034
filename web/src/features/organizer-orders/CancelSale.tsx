import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CancellationBody, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { CancelForm } from '~/shared/orders/cancel/CancelForm';
import { useArea } from '~/shared/organizer/area';
import { Opener } from '~/shared/ui/Opener';
import { eventsKey } from '~/shared/organizer/queries';
import { useMay } from '~/shared/organizer/useMay';
import { instantOf } from '~/shared/organizer/wallClock';
import { useTell } from '~/shared/state/notices';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { KeepBack, SOLD_AGAIN } from './KeepBack';
import styles from './Orders.module.css';
import { saleQuery } from './queries';

type Terms = NonNullable<CancellationBody['terms']>;
type Discounts = NonNullable<CancellationBody['discounts']>;

const TERMS: Record<Terms, string> = {
  full: 'Everything they cost',
  policy: 'What the event’s terms give buyers',
  nothing: 'Nothing',
};
const DISCOUNTS: Record<Discounts, string> = {
  charge: 'The tickets that stay cost their full price',
  keep: 'The tickets that stay keep their discount',
  forbid: 'Refuse to break a discount',
};

const CANCELLABLE = ['held', 'awaiting_payment', 'awaiting_approval', 'confirmed'];

interface FormProps {
  order: OrderView;
  onClose: () => void;
}

function Form({ order, onClose }: FormProps) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const tell = useTell();
  const [terms, setTerms] = useState<Terms>('full');
  const [discounts, setDiscounts] = useState<Discounts>('charge');
  const [because, setBecause] = useState('');
  const [places, setPlaces] = useState(SOLD_AGAIN);
  const isKept = places.then === 'keep';
  const until = instantOf(places.until, order.timezone);
  const hasDiscounts = order.reductions.some(({ kind }) => kind !== 'voucher');
  return (
    <CancelForm
      order={order}
      // What it comes to does not depend on the reason, which is still being typed.
      terms={{ terms, discounts, ...(isKept && { block: { reason: '…', until } }) }}
      final={isKept ? { block: { reason: places.reason.trim(), until } } : {}}
      isReady={!isKept || places.reason.trim() !== ''}
      because={because}
      onClose={onClose}
      onDone={() => {
        tell('good', `Cancelled${isKept ? ', and kept back' : ''}. The buyer gets a mail.`);
        void queryClient.invalidateQueries(saleQuery(slug, order.id));
        void queryClient.invalidateQueries({ queryKey: eventsKey(slug) });
        onClose();
      }}
    >
      <SelectField
        label="What the buyer gets back"
        value={terms}
        onChange={(change) => {
          setTerms(change.target.value as Terms);
        }}
      >
        {Object.entries(TERMS).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      {hasDiscounts && (
        <SelectField
          label="Discounts of the other tickets"
          value={discounts}
          onChange={(change) => {
            setDiscounts(change.target.value as Discounts);
          }}
        >
          {Object.entries(DISCOUNTS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      )}
      <KeepBack value={places} zone={order.timezone} onChange={setPlaces} />
      <Field
        label="Why"
        hint="The buyer reads it in the mail."
        optional
        maxLength={500}
        onChange={(change) => {
          setBecause(change.target.value);
        }}
      />
    </CancelForm>
  );
}

/** For staff: cancel tickets of the order, on terms of their own. */
export function CancelSale({ order }: { order: OrderView }) {
  const isAllowed = useMay('orders:write');
  if (!isAllowed || !CANCELLABLE.includes(order.status) || order.positions.length === 0)
    return null;
  return (
    <section className={styles.box} aria-labelledby="cancel">
      <h2 id="cancel">Cancel</h2>
      <Opener label="Cancel tickets">{(close) => <Form order={order} onClose={close} />}</Opener>
    </section>
  );
}
