import { useState } from 'react';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { nounFor } from '~/shared/orders/names';
import { ChooseTickets, withExtras } from '~/shared/orders/cancel/ChooseTickets';
import { Opener } from '~/shared/ui/Opener';
import { useMay } from '~/shared/organizer/useMay';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import styles from './Orders.module.css';
import { SplitEnding } from './SplitEnding';

interface FormProps {
  order: OrderView;
  onClose: () => void;
}

/** Tickets, and whose they will be. */
function Form({ order, onClose }: FormProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isOther, setOther] = useState(false);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [because, setBecause] = useState('');
  const going = withExtras(order, chosen);
  return (
    <div className={styles.column}>
      <ChooseTickets
        order={order}
        legend="Which tickets leave this order"
        chosen={chosen}
        going={going}
        isPartial
        onChoose={setChosen}
      />
      <SelectField
        label="Whose order they become"
        value={isOther ? 'other' : 'same'}
        onChange={(change) => {
          setOther(change.target.value === 'other');
        }}
      >
        <option value="same">The same buyer’s</option>
        <option value="other">Somebody else’s</option>
      </SelectField>
      {isOther && (
        <>
          <Field
            label="Full name"
            maxLength={200}
            onChange={(change) => {
              setName(change.target.value);
            }}
          />
          <Field
            label="E-mail"
            type="email"
            inputMode="email"
            hint="The link to the new order goes there."
            onChange={(change) => {
              setEmail(change.target.value);
            }}
          />
        </>
      )}
      <Field
        label="Why"
        hint="For the team: it is noted with both orders."
        optional
        maxLength={500}
        onChange={(change) => {
          setBecause(change.target.value);
        }}
      />
      <SplitEnding
        order={order}
        look={{
          position_ids: going,
          ...(isOther && { buyer: { name: name.trim(), email: email.trim() } }),
        }}
        because={because}
        isReady={going.length > 0 && (!isOther || (name.trim() !== '' && email.includes('@')))}
        noun={nounFor(order)}
        onClose={onClose}
      />
    </div>
  );
}

/** For staff: some of the order's tickets become an order of their own. */
export function SplitSale({ order }: { order: OrderView }) {
  const isAllowed = useMay('orders:write');
  const roots = order.positions.filter(({ parent_id: parent }) => parent == null);
  if (!isAllowed || order.status !== 'confirmed' || roots.length < 2) return null;
  return (
    <section className={styles.box} aria-labelledby="split">
      <h2 id="split">Split</h2>
      <Opener label="Split order">{(close) => <Form order={order} onClose={close} />}</Opener>
    </section>
  );
}
