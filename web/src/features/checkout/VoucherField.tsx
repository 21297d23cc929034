import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { setOrderVouchers } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { CodeEntry } from '~/shared/orders/codes/CodeEntry';
import styles from '~/shared/orders/codes/Codes.module.css';
import { orderQuery, purchasesKey } from '~/shared/orders/queries';
import { Button } from '~/shared/ui/Button';
import { codesOf } from './lines';

function useVouchers(order: OrderView, done: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (codes: string[]) =>
      setOrderVouchers(order.organizer_slug, order.id, { codes }, asHolder(order.token)),
    onSuccess: (changed) => {
      queryClient.setQueryData(orderQuery(order.token).queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: purchasesKey });
      done();
    },
  });
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
    <div className={styles.codes}>
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
        <CodeEntry
          id={`voucher-${order.id}`}
          name="Voucher"
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
