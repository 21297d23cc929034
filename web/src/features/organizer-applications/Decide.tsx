import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { approveApplication, denyApplication } from '~/shared/api/generated/boxoffice';
import type { ApplicationRow } from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { Dialog } from '~/shared/ui/forms/Dialog';
import { Field } from '~/shared/ui/forms/Field';
import styles from './Applications.module.css';
import { applicationsKey } from './queries';

type Verdict = 'approve' | 'deny';

const WORDS = {
  approve: {
    title: 'Approve',
    busy: 'Approving…',
    paid: 'They get a mail and have some time to pay; the tickets stay kept for them until then.',
    free: 'They get their tickets by mail at once.',
    card: (held: string) => `Their card is charged ${held}, and they get their tickets by mail.`,
    done: 'Approved. They get a mail.',
  },
  deny: {
    title: 'Deny',
    busy: 'Denying…',
    paid: 'They get a mail. The tickets can be bought by others at once.',
    free: 'They get a mail. The tickets can be had by others at once.',
    card: (held: string) =>
      `They get a mail, and their card lets go of ${held}. The tickets can be bought by others at once.`,
    done: 'Denied. They get a mail.',
  },
};

function useDeciding(row: ApplicationRow, verdict: Verdict, onDone: () => void) {
  const { slug } = useArea();
  const key = useOnceKey();
  const queryClient = useQueryClient();
  const tell = useTell();
  const send = verdict === 'approve' ? approveApplication : denyApplication;
  return useMutation({
    mutationFn: (message: string) => send(slug, row.order_id, { message }, key.headers()),
    onSettled: (_, error) => {
      key.settle(error ?? undefined);
    },
    onSuccess: async () => {
      tell('good', WORDS[verdict].done);
      onDone();
      await queryClient.invalidateQueries({ queryKey: applicationsKey(slug) });
    },
  });
}

/** What comes of it. */
function thenText({ card, total }: ApplicationRow, verdict: Verdict): string {
  const words = WORDS[verdict];
  if (card !== undefined) return words.card(moneyText(card.amount));
  return total.amount > 0 ? words.paid : words.free;
}

interface AskProps {
  row: ApplicationRow;
  verdict: Verdict;
  onClose: () => void;
}

function Ask({ row, verdict, onClose }: AskProps) {
  const [message, setMessage] = useState('');
  const deciding = useDeciding(row, verdict, onClose);
  const words = WORDS[verdict];
  return (
    <Dialog
      isOpen
      title={`${words.title} ${row.buyer_name}?`}
      onClose={onClose}
      actions={
        <>
          <Button
            wide
            busy={deciding.isPending ? words.busy : null}
            onClick={() => {
              deciding.mutate(message);
            }}
          >
            {words.title}
          </Button>
          <Button look="line" wide onClick={onClose}>
            Not now
          </Button>
        </>
      }
    >
      <div className={styles.ask}>
        {deciding.isError && <Trouble error={deciding.error} />}
        <p>{thenText(row, verdict)}</p>
        <Field
          label="A few words to them"
          hint="They read it in the mail and on their order’s page."
          optional
          rows={3}
          maxLength={2000}
          onChange={(change) => {
            setMessage(change.target.value);
          }}
        />
      </div>
    </Dialog>
  );
}

/** Yes or no, each with a few words. */
export function Decide({ row }: { row: ApplicationRow }) {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  return (
    <div className={styles.buttons}>
      <Button
        onClick={() => {
          setVerdict('approve');
        }}
      >
        Approve <span className="vh">{row.buyer_name}</span>
      </Button>
      <Button
        look="line"
        onClick={() => {
          setVerdict('deny');
        }}
      >
        Deny <span className="vh">{row.buyer_name}</span>
      </Button>
      {verdict !== null && (
        <Ask
          row={row}
          verdict={verdict}
          onClose={() => {
            setVerdict(null);
          }}
        />
      )}
    </div>
  );
}
