import { useState, type ReactNode } from 'react';
import type {
  ManagedEvent,
  OrderPositionView,
  OrderView,
  Settle,
} from '~/shared/api/generated/boxoffice.schemas';
import { newKey } from '~/shared/api/keys';
import { fullName } from '~/shared/orders/names';
import { Button } from '~/shared/ui/Button';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { ChangeEnding } from './ChangeEnding';
import { ChangeFields } from './ChangeFields';
import { lookOf, NO_CHANGES, setsPrices, UNCHANGED, type ChangeDraft } from './changeWish';
import styles from './Orders.module.css';

interface FormProps {
  order: OrderView;
  event: ManagedEvent;
  onClose: () => void;
}

const nameOf = (position: OrderPositionView, zone: string) =>
  [`Ticket ${String(position.number)}: ${fullName(position, zone)}`, position.seat?.label]
    .filter(Boolean)
    .join(', ');

type Drafts = Readonly<Record<string, ChangeDraft>>;

const without = (drafts: Drafts, key: string): Drafts =>
  Object.fromEntries(Object.entries(drafts).filter(([other]) => other !== key));

interface PartProps {
  title: string;
  onDrop: () => void;
  children: ReactNode;
}

/** One ticket among those that change. */
function Part({ title, onDrop, children }: PartProps) {
  return (
    <fieldset className={styles.changing}>
      <legend>{title}</legend>
      {children}
      <div>
        <Button look="line" onClick={onDrop}>
          Not this one<span className="vh">: {title}</span>
        </Button>
      </div>
    </fieldset>
  );
}

interface MoreProps {
  order: OrderView;
  left: readonly OrderPositionView[];
  onTicket: (id: string) => void;
  onNew: () => void;
}

/** The way to the next ticket of the same change. */
function More({ order, left, onTicket, onNew }: MoreProps) {
  return (
    <div className={styles.more}>
      {left.length > 0 && (
        <SelectField
          label="Change a ticket of the order"
          value=""
          onChange={(pick) => {
            onTicket(pick.target.value);
          }}
        >
          <option value="">Choose</option>
          {left.map((one) => (
            <option key={one.id} value={one.id}>
              {nameOf(one, order.timezone)}
            </option>
          ))}
        </SelectField>
      )}
      <div>
        <Button look="line" onClick={onNew}>
          Add a ticket
        </Button>
      </div>
    </div>
  );
}

/** Tickets, and what shall be different about each: several at once, all or nothing. */
export function ChangeForm({ order, event, onClose }: FormProps) {
  const [changes, setChanges] = useState(NO_CHANGES);
  const [settle, setSettle] = useState<Settle>('pay');
  const { tickets, added } = changes;
  const look = lookOf(changes, settle, event.currency);
  const putTicket = (id: string, draft: ChangeDraft) => {
    setChanges({ ...changes, tickets: { ...tickets, [id]: draft } });
  };
  return (
    <div className={styles.column}>
      {order.positions
        .filter(({ id }) => id in tickets)
        .map((position) => {
          const draft = tickets[position.id] ?? UNCHANGED;
          return (
            <Part
              key={position.id}
              title={nameOf(position, order.timezone)}
              onDrop={() => {
                setChanges({ ...changes, tickets: without(tickets, position.id) });
              }}
            >
              <ChangeFields
                event={event}
                order={order}
                position={position}
                draft={draft}
                onChange={(parts) => {
                  putTicket(position.id, { ...draft, ...parts });
                }}
              />
            </Part>
          );
        })}
      {Object.entries(added).map(([key, draft], index) => (
        <Part
          key={key}
          title={`New ticket ${String(index + 1)}`}
          onDrop={() => {
            setChanges({ ...changes, added: without(added, key) });
          }}
        >
          <ChangeFields
            event={event}
            order={order}
            draft={draft}
            onChange={(parts) => {
              setChanges({ ...changes, added: { ...added, [key]: { ...draft, ...parts } } });
            }}
          />
        </Part>
      ))}
      <More
        order={order}
        left={order.positions.filter(({ id }) => !(id in tickets))}
        onTicket={(id) => {
          putTicket(id, UNCHANGED);
        }}
        onNew={() => {
          setChanges({ ...changes, added: { ...added, [newKey()]: UNCHANGED } });
        }}
      />
      {look !== null && (
        <ChangeEnding
          order={order}
          look={look}
          needsReason={setsPrices(changes)}
          settle={settle}
          onSettle={setSettle}
          onClose={onClose}
        />
      )}
      <div>
        <Button look="line" onClick={onClose}>
          Keep everything
        </Button>
      </div>
    </div>
  );
}
