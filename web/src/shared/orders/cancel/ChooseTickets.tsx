import type { OrderPositionView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { priceText } from '~/shared/format/money';
import { fullName, inFamilies } from '~/shared/orders/names';
import { Button } from '~/shared/ui/Button';
import styles from './Cancel.module.css';

/** "Ticket 3: Day pass"; of what comes with a ticket that it does. */
function nameOf(position: OrderPositionView, zone: string): string {
  const name = fullName(position, zone);
  if (typeof position.parent_id === 'string') return `+ ${name}`;
  return position.admits === false ? name : `Ticket ${String(position.number)}: ${name}`;
}

/** Those that go when the chosen ones do: with a ticket whatever came with it. */
export function withExtras(order: OrderView, chosen: readonly string[]): string[] {
  return order.positions
    .filter(({ id, parent_id: parent }) => chosen.includes(id) || chosen.includes(parent ?? ''))
    .map(({ id }) => id);
}

interface ChoiceProps {
  zone: string;
  position: OrderPositionView;
  isChosen: boolean;
  /** It goes with its ticket, whatever is chosen here. */
  isBound: boolean;
  onPick: (isChosen: boolean) => void;
}

function Choice({ zone, position, isChosen, isBound, onPick }: ChoiceProps) {
  return (
    <label
      className={`${styles.choice ?? ''} ${position.parent_id == null ? '' : (styles.extra ?? '')}`}
    >
      <input
        type="checkbox"
        disabled={isBound}
        checked={isChosen}
        onChange={(change) => {
          onPick(change.target.checked);
        }}
      />
      <span>
        {nameOf(position, zone)}
        {position.seat != null && <>, {position.seat.label}</>}
        {position.attendee_name !== null && (
          <span className="muted">
            {' '}
            for <bdi>{position.attendee_name}</bdi>
          </span>
        )}
      </span>
      <span className="num">{priceText(position.price)}</span>
    </label>
  );
}

interface TicketsProps {
  order: OrderView;
  legend: string;
  /** Some stay, and what comes with a ticket goes with it alone. */
  isPartial?: boolean;
  /** Chosen by hand, and what goes with that. */
  chosen: readonly string[];
  going: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}

/** Tickets of an order to choose from, each with what came with it. */
export function ChooseTickets(props: TicketsProps) {
  const { order, legend, chosen, going, isPartial = false, onChoose } = props;
  const ids = order.positions.map(({ id }) => id);
  const partsOf = (base: string) =>
    order.positions.filter(({ parent_id: parent }) => parent === base).map(({ id }) => id);
  return (
    <>
      <fieldset>
        <legend className="vh">{legend}</legend>
        {inFamilies(order.positions).map((position) => (
          <Choice
            key={position.id}
            zone={order.timezone}
            position={position}
            isChosen={going.includes(position.id)}
            isBound={
              position.bundled === true ||
              going.includes(position.parent_id ?? '') ||
              (isPartial && position.parent_id != null)
            }
            onPick={(isChosen) => {
              const family = [position.id, ...partsOf(position.id)];
              const others = chosen.filter((id) => !family.includes(id));
              onChoose(isChosen ? [...others, position.id] : others);
            }}
          />
        ))}
      </fieldset>
      {!isPartial && going.length < ids.length && ids.length > 1 && (
        <div className={styles.all}>
          <Button
            look="text"
            onClick={() => {
              onChoose(ids);
            }}
          >
            Choose all
          </Button>
        </div>
      )}
    </>
  );
}
