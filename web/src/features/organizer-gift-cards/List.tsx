import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { revealGiftCard } from '~/shared/api/generated/boxoffice';
import type { GiftCardView } from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { LoadMore } from '~/shared/organizer/LoadMore';
import styles from '~/shared/organizer/Settings.module.css';
import { Status } from '~/shared/organizer/Status';
import tables from '~/shared/organizer/Table.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Button } from '~/shared/ui/Button';
import { CopyText } from '~/shared/ui/CopyText';
import { Field } from '~/shared/ui/forms/Field';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { Changing } from './Changing';
import { Movements } from './Movements';
import { giftCardsQuery } from './queries';
import { Terms } from './Terms';
import { nameOf, STATUS, termsText } from './words';

/** The whole code, once somebody asks for it; the audit log says who. */
function Code({ card }: { card: GiftCardView }) {
  const { slug } = useArea();
  const revealing = useMutation({ mutationFn: () => revealGiftCard(slug, card.id) });
  if (revealing.data !== undefined) return <CopyText label="Code" text={revealing.data.code} />;
  return (
    <>
      {revealing.isError && <Trouble error={revealing.error} />}
      <Button
        look="text"
        busy={revealing.isPending ? 'Looking…' : null}
        onClick={() => {
          revealing.mutate();
        }}
      >
        Show code <span className="vh">of {nameOf(card)}</span>
      </Button>
    </>
  );
}

type Part = 'movements' | 'terms' | 'change';

interface ActionsProps {
  card: GiftCardView;
  open: Part | null;
  onToggle: (part: Part) => void;
}

function Actions({ card, open, onToggle }: ActionsProps) {
  const mayWrite = useMay('orders:write');
  const mayChange = mayWrite && card.status !== 'void';
  return (
    <div className={styles.buttons}>
      <Button
        look="text"
        aria-expanded={open === 'movements'}
        onClick={() => {
          onToggle('movements');
        }}
      >
        Movements <span className="vh">of {nameOf(card)}</span>
      </Button>
      {mayChange && (
        <Button
          look="text"
          aria-expanded={open === 'terms'}
          onClick={() => {
            onToggle('terms');
          }}
        >
          Note and end <span className="vh">of {nameOf(card)}</span>
        </Button>
      )}
      {mayChange && (
        <Button
          look="text"
          aria-expanded={open === 'change'}
          onClick={() => {
            onToggle('change');
          }}
        >
          Adjust or void <span className="vh">{nameOf(card)}</span>
        </Button>
      )}
      {mayWrite && <Code card={card} />}
    </div>
  );
}

function Row({ card }: { card: GiftCardView }) {
  const [open, setOpen] = useState<Part | null>(null);
  const [tone, word] = STATUS[card.status];
  const toggle = (part: Part) => {
    setOpen(open === part ? null : part);
  };
  return (
    <li className={tables.card}>
      <div className={styles.buttons}>
        <bdi className={tables.code}>{nameOf(card)}</bdi>
        <Status tone={tone}>{word}</Status>
      </div>
      <b className="num">
        {moneyText(card.balance)} <span className="muted">of {moneyText(card.value)}</span>
      </b>
      <span className={tables.sub}>{termsText(card)}</span>
      <Actions card={card} open={open} onToggle={toggle} />
      {open === 'movements' && <Movements card={card} />}
      {open === 'terms' && (
        <Terms
          card={card}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
      {open === 'change' && (
        <Changing
          card={card}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </li>
  );
}

const NONE = 'No gift cards yet. Whoever has the code of one can spend it at any of your events.';

function Rows({ q }: { q: string }) {
  const { slug } = useArea();
  const read = useInfiniteQuery(giftCardsQuery(slug, q));
  if (read.isPending) {
    return (
      <Loading label="Loading gift cards">
        <Skeleton height={240} />
      </Loading>
    );
  }
  if (read.data === undefined) {
    return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  }
  const cards = read.data.pages.flatMap(({ items }) => items);
  if (cards.length === 0) {
    return <p className="muted">{q === '' ? NONE : 'No gift card matches.'}</p>;
  }
  return (
    <>
      <ul className={tables.cards} aria-label="Gift cards, newest first">
        {cards.map((card) => (
          <Row key={card.id} card={card} />
        ))}
      </ul>
      <LoadMore list={read} />
    </>
  );
}

/** The organizer's cards, searchable. */
export function List() {
  const [q, setQ] = useState('');
  return (
    <section className={styles.section} aria-label="All gift cards">
      <Field
        id="gift-card-search"
        label="Search by code, its last four letters, or note"
        type="search"
        optional
        maxLength={64}
        onChange={({ target }) => {
          setQ(target.value.trim());
        }}
      />
      <Rows q={q} />
    </section>
  );
}
