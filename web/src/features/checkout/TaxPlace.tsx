import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { setOrderCustomer } from '~/shared/api/generated/boxoffice';
import type { CustomerBody, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { sentenceOf } from '~/shared/api/problems';
import { countries } from '~/shared/format/countries';
import { orderQuery, purchasesKey } from '~/shared/orders/queries';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import styles from './Checkout.module.css';
import { words } from './words';

function useCustomer(order: OrderView) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (customer: CustomerBody) =>
      setOrderCustomer(order.organizer_slug, order.id, customer, asHolder(order.token)),
    onSuccess: (changed) => {
      queryClient.setQueryData(orderQuery(order.token).queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: purchasesKey });
    },
  });
}

/** Where a tax depends on it: the buyer's country, and the VAT number of a business. */
export function TaxPlace({ order }: { order: OrderView }) {
  const setting = useCustomer(order);
  const all = useMemo(() => countries(), []);
  const [country, setCountry] = useState(order.customer?.country ?? '');
  const [vatId, setVatId] = useState(order.customer?.vat_id ?? '');
  const tell = (next: { country: string; vatId: string }) => {
    if (next.country === '') return;
    const vat_id = next.vatId.trim();
    setting.mutate({ country: next.country, ...(vat_id !== '' && { vat_id }) });
  };
  return (
    <section className={styles.part} aria-labelledby="tax-place">
      <h2 id="tax-place">{words.taxPlace}</h2>
      <p className="muted">{words.taxPlaceHint}</p>
      <SelectField
        id="tax-country"
        label={words.country}
        autoComplete="country"
        value={country}
        onChange={(change) => {
          setCountry(change.target.value);
          tell({ country: change.target.value, vatId });
        }}
      >
        <option value="" disabled>
          {words.chooseCountry}
        </option>
        {all.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <Field
        id="tax-vat-id"
        label={words.vatId}
        optional
        autoComplete="off"
        maxLength={30}
        defaultValue={vatId}
        error={setting.isError ? sentenceOf(setting.error) : undefined}
        onChange={(change) => {
          setVatId(change.target.value);
        }}
        onBlur={() => {
          if (vatId.trim() !== (order.customer?.vat_id ?? '')) tell({ country, vatId });
        }}
      />
    </section>
  );
}
