import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { setOrderVouchers } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { orderQuery } from '~/shared/orders/queries';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { codesOf } from './lines';
import styles from './YourTickets.module.css';

function useVouchers(order: OrderView, done: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (codes: string[]) =>
      setOrderVouchers(order.organizer_slug, order.id, { codes }, asHolder(order.token)),
    onSuccess: (changed) => {
      queryClient.setQueryData(orderQuery(order.token).queryKey, changed);
      done();
    },
  });
}

interface EntryProps {
  error: Error | null;
  isBusy: boolean;
  onApply: (code: string) => void;
}

function Entry({ error, isBusy, onApply }: EntryProps) {
  const [code, setCode] = useState('');
  return (
    <form
      className={styles.voucher}
      noValidate
      aria-label="Voucher"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (code.trim() !== '') onApply(code.trim());
      }}
    >
      <Field
        id="voucher"
        label="Voucher code"
        autoComplete="off"
        maxLength={64}
        error={error?.message}
        onChange={({ target }) => {
          setCode(target.value);
        }}
      />
      <Button type="submit" look="line" busy={isBusy ? 'Looking…' : null}>
        Apply
      </Button>
    </form>
  );
}

/** Where a voucher goes; those that count are above, each with a way to take it off again. */
export function VoucherField({ order }: { order: OrderView }) {
  const [isOpen, setOpen] = useState(false);
  const vouchers = useVouchers(order, () => {
    setOpen(false);
  });
  const codes = codesOf(order);
  if (order.total.amount === 0 && codes.length === 0) return null;
  return (
    <div className={styles.vouchers}>
      {codes.map((code) => (
        <Button
          key={code}
          look="text"
          onClick={() => {
            vouchers.mutate(codes.filter((other) => other !== code));
          }}
        >
          Take voucher {code} off
        </Button>
      ))}
      {isOpen ? (
        <Entry
          error={vouchers.error}
          isBusy={vouchers.isPending}
          onApply={(code) => {
            vouchers.mutate([...codes, code]);
          }}
        />
      ) : (
        <Button
          look="text"
          onClick={() => {
            setOpen(true);
          }}
        >
          {codes.length === 0 ? 'I have a voucher' : 'I have another voucher'}
        </Button>
      )}
    </div>
  );
}
