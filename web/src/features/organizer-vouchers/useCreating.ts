import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createVoucher, createVouchers } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, VoucherView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { eventsKey } from '~/shared/organizer/queries';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { countOf, manyBody, oneBody, type Draft, type SeatChoice } from './draft';
import { vouchersKey } from './queries';

interface Wish {
  draft: Draft;
  seats: SeatChoice | null;
}

/** Makes the vouchers of a draft; the list and the event's stock follow. */
export function useCreating(event: ManagedEvent, done: () => void) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const key = useOnceKey();
  return useMutation({
    mutationFn: async ({ draft, seats }: Wish): Promise<VoucherView[]> => {
      if (countOf(draft) > 1) {
        const body = manyBody(draft, event, seats);
        return (await createVouchers(slug, event.id, body, key.headers())).items;
      }
      return [await createVoucher(slug, event.id, oneBody(draft, event, seats), key.headers())];
    },
    onSettled: (_, error) => {
      key.settle(error ?? undefined);
    },
    onSuccess: async () => {
      void queryClient.invalidateQueries({ queryKey: eventsKey(slug) });
      await queryClient.invalidateQueries({ queryKey: vouchersKey(slug, event.id) });
      done();
    },
  });
}
