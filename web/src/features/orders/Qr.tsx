import { useState } from 'react';
import type { OrderView, TicketView } from '~/shared/api/generated/boxoffice.schemas';
import { Button } from '~/shared/ui/Button';
import { files } from './links';
import styles from './Qr.module.css';

/** The code the door scans: dark on white in every colour mode, with its words for those who cannot see it. */
export function Qr({ order, ticket }: { order: OrderView; ticket: TicketView }) {
  const [attempt, setAttempt] = useState(0);
  const [isBroken, setBroken] = useState(false);
  if (isBroken) {
    return (
      <div className={`${styles.qr ?? ''} ${styles.broken ?? ''}`}>
        <p>The code did not load. At the door, order number {order.code} works too.</p>
        <Button
          look="line"
          onClick={() => {
            setBroken(false);
            setAttempt(attempt + 1);
          }}
        >
          Load it again
        </Button>
      </div>
    );
  }
  const reload = attempt === 0 ? '' : `&attempt=${String(attempt)}`;
  return (
    <img
      className={styles.qr}
      src={files.qr(order, ticket.id) + reload}
      width={320}
      height={320}
      alt={`QR code of ticket ${String(ticket.number)}, order ${order.code}`}
      onError={() => {
        setBroken(true);
      }}
    />
  );
}
