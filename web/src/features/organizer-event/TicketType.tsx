import { useState } from 'react';
import { changeTicketType, deleteTicketType } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, TicketTypeView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Status } from '~/shared/organizer/Status';
import { useMay } from '~/shared/organizer/useMay';
import { DeleteDialog } from './DeleteDialog';
import { Extras } from './Extras';
import { InventoryBar } from './InventoryBar';
import { ownQuotas } from './inventory';
import styles from './Tickets.module.css';
import { changeOf, saleState, termsText, typePrice } from './ticketType';
import { TypeActions } from './TypeActions';
import { TypeForm } from './TypeForm';
import { Variations } from './Variations';
import { useChange } from './useChange';
import { useReturnFocus } from './useReturnFocus';

interface TicketTypeProps {
  event: ManagedEvent;
  type: TicketTypeView;
  now: number;
}

/** One ticket type: what it costs, where its tickets are, and what can be done about it. */
export function TicketType({ event, type, now }: TicketTypeProps) {
  const { slug } = useArea();
  const mayWrite = useMay('events:write');
  const [doing, setDoing] = useState<'nothing' | 'changing' | 'deleting'>('nothing');
  const change = useChange(event.id);
  const place = useReturnFocus<HTMLLIElement>(doing === 'changing');
  const own = ownQuotas(event, type);
  const { tone, word } = saleState(event, type, now);
  const rest = () => {
    change.reset();
    setDoing('nothing');
  };
  return (
    <li className={styles.type} ref={place}>
      <div className={styles.typeHead}>
        <h3>{type.name}</h3>
        <p className={`num ${styles.price ?? ''}`}>{typePrice(type)}</p>
        <Status tone={tone}>{word}</Status>
        {type.visibility === 'hidden' && (
          <Status tone="careful">{`Hidden: ${type.access_code ?? ''}`}</Status>
        )}
      </div>
      <p className={styles.typeTerms}>
        {type.description !== '' && <>{type.description} · </>}
        {termsText(type, event)}
      </p>
      {own.map((quota) => (
        <InventoryBar key={quota.id} quota={quota} />
      ))}
      <div className={styles.ways}>
        <Variations event={event} type={type} />
        <Extras event={event} type={type} />
        {mayWrite && doing !== 'changing' && (
          <TypeActions
            type={type}
            quotas={own}
            event={event}
            change={change}
            onChange={() => {
              setDoing('changing');
            }}
            onDelete={() => {
              setDoing('deleting');
            }}
            onSale={(onSale) => {
              change.run(() => changeTicketType(slug, event.id, type.id, { on_sale: onSale }));
            }}
          />
        )}
      </div>
      {doing === 'changing' && (
        <TypeForm
          event={event}
          type={type}
          change={change}
          onCancel={rest}
          onSave={(draft) => {
            const body = changeOf(draft, event);
            change.run(() => changeTicketType(slug, event.id, type.id, body), rest);
          }}
        />
      )}
      <DeleteDialog
        isOpen={doing === 'deleting'}
        name={type.name}
        change={change}
        onClose={rest}
        onDelete={() => {
          change.run(() => deleteTicketType(slug, event.id, type.id));
        }}
      />
    </li>
  );
}
