import type { TicketTypeView } from '~/shared/api/generated/boxoffice.schemas';
import { Trouble } from '~/shared/organizer/Trouble';
import styles from './Tickets.module.css';
import type { Change } from './useChange';

interface TypeActionsProps {
  type: TicketTypeView;
  change: Change;
  onChange: () => void;
  onDelete: () => void;
  onSale: (onSale: boolean) => void;
}

export function TypeActions({ type, change, onChange, onDelete, onSale }: TypeActionsProps) {
  const of = <span className="vh"> {type.name}</span>;
  return (
    <>
      {change.error !== null && <Trouble error={change.error} />}
      <div className={styles.quiets}>
        <button type="button" className={styles.quiet} onClick={onChange}>
          Edit{of}
        </button>
        <button
          type="button"
          className={styles.quiet}
          onClick={() => {
            onSale(!type.on_sale);
          }}
        >
          {type.on_sale ? 'Take off sale' : 'Put on sale'}
          <span className="vh">: {type.name}</span>
        </button>
        <button type="button" className={styles.quiet} onClick={onDelete}>
          Delete{of}
        </button>
      </div>
    </>
  );
}
