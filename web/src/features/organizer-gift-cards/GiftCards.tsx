import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IssuedGiftCardView } from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';
import { moneyText } from '~/shared/format/money';
import { Icon } from '~/shared/icons/Icon';
import { useArea } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import styles from '~/shared/organizer/Settings.module.css';
import { useMay } from '~/shared/organizer/useMay';
import { paths } from '~/shared/paths';
import { Button } from '~/shared/ui/Button';
import { CopyText } from '~/shared/ui/CopyText';
import { Panel } from '~/shared/ui/Panel';
import { IssueForm } from './IssueForm';
import { List } from './List';
import { outstandingQuery } from './queries';

function Owed() {
  const { slug } = useArea();
  const { data = [] } = useQuery(outstandingQuery(slug));
  if (data.length === 0) return null;
  const sums = data.map(
    ({ amount, cards }) => `${moneyText(amount)} on ${countText(cards, 'card')}`,
  );
  return <span className="num">You owe {sums.join(', ')}</span>;
}

function Issuing() {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<IssuedGiftCardView | null>(null);
  const close = () => {
    setOpen(false);
  };
  if (isOpen) {
    return (
      <IssueForm
        onClose={close}
        onIssued={(card) => {
          setMade(card);
          close();
        }}
      />
    );
  }
  return (
    <>
      {made !== null && (
        <Panel
          tone="good"
          role="status"
          title={`A card of ${moneyText(made.card.value)} is issued`}
        >
          <CopyText label="Code" text={made.code} />
          <p>Whoever has the code can spend it, at any of your events.</p>
        </Panel>
      )}
      <div>
        <Button
          onClick={() => {
            setOpen(true);
          }}
        >
          <Icon name="plus" /> New gift card
        </Button>
      </div>
    </>
  );
}

/** Money that the organizer owes in tickets, across all of its events. */
export function GiftCards() {
  const { slug } = useArea();
  const mayWrite = useMay('orders:write');
  return (
    <Page title="Gift cards" back={{ to: paths.sales(slug), label: 'Orders' }} facts={<Owed />}>
      <div className={styles.page}>
        {mayWrite && <Issuing />}
        <List />
      </div>
    </Page>
  );
}
