import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteVoucher } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, VoucherView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { LoadMore } from '~/shared/organizer/LoadMore';
import { eventsKey } from '~/shared/organizer/queries';
import tables from '~/shared/organizer/Table.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { CopyText } from '~/shared/ui/CopyText';
import { Question } from '~/shared/ui/forms/Question';
import { Field } from '~/shared/ui/forms/Field';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { termsText, useText } from './draft';
import { vouchersKey, vouchersQuery } from './queries';
import styles from '~/shared/organizer/Settings.module.css';

function useDeleting(event: ManagedEvent, done: () => void) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => deleteVoucher(slug, event.id, id),
    onSuccess: async () => {
      void queryClient.invalidateQueries({ queryKey: eventsKey(slug) });
      await queryClient.invalidateQueries({ queryKey: vouchersKey(slug, event.id) });
      done();
    },
  });
}

interface DeletingProps {
  event: ManagedEvent;
  voucher: VoucherView;
  onClose: () => void;
}

function Deleting({ event, voucher, onClose }: DeletingProps) {
  const deleting = useDeleting(event, onClose);
  return (
    <Question
      title={`Delete “${voucher.code}”?`}
      onClose={onClose}
      stay="Keep it"
      go="Delete"
      going="Deleting…"
      isGoing={deleting.isPending}
      onGo={() => {
        deleting.mutate(voucher.id);
      }}
    >
      {deleting.isError ? (
        <Trouble error={deleting.error} />
      ) : (
        <p>Nobody can use it any more. Orders that did stay as they are.</p>
      )}
    </Question>
  );
}

function Row({ event, voucher }: { event: ManagedEvent; voucher: VoucherView }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <li className={tables.card}>
      <CopyText label="" text={voucher.code} />
      <span>{termsText(voucher, event)}</span>
      <span className={`num ${tables.sub ?? ''}`}>{useText(voucher, event.currency)}</span>
      <div className={styles.buttons}>
        <Button
          look="text"
          onClick={() => {
            setAsking(true);
          }}
        >
          Delete <span className="vh">{voucher.code}</span>
        </Button>
      </div>
      {isAsking && (
        <Deleting
          event={event}
          voucher={voucher}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </li>
  );
}

function Rows({ event, q }: { event: ManagedEvent; q: string }) {
  const { slug } = useArea();
  const read = useInfiniteQuery(vouchersQuery(slug, event.id, q));
  if (read.isPending) {
    return (
      <Loading label="Loading vouchers">
        <Skeleton height={240} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  const vouchers = read.data.pages.flatMap(({ items }) => items);
  if (vouchers.length === 0) {
    return <p className="muted">{q === '' ? 'No vouchers yet.' : 'No voucher contains that.'}</p>;
  }
  return (
    <>
      <ul className={tables.cards} aria-label="Vouchers, newest first">
        {vouchers.map((voucher) => (
          <Row key={voucher.id} event={event} voucher={voucher} />
        ))}
      </ul>
      <LoadMore list={read} />
    </>
  );
}

/** The event's vouchers, searchable. */
export function List({ event }: { event: ManagedEvent }) {
  const [q, setQ] = useState('');
  return (
    <section className={styles.section} aria-label="All vouchers">
      <Field
        id="voucher-search"
        label="Search by code or note"
        type="search"
        optional
        onChange={({ target }) => {
          setQ(target.value.trim());
        }}
      />
      <Rows event={event} q={q} />
    </section>
  );
}
