import type { ChangeChoicesView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { priceText } from '~/shared/format/money';
import { fullName } from '~/shared/orders/names';
import { Button } from '~/shared/ui/Button';
import { addOnKey, countIn, type Draft } from './changeDraft';
import styles from './Changes.module.css';

interface GroupProps {
  order: OrderView;
  choices: ChangeChoicesView;
  index: number;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

function boundsText(least: number, most: number, included: number): string {
  const bounds = least === most ? `Exactly ${String(most)}` : `${String(least)} to ${String(most)}`;
  return included > 0 ? `${bounds}; ${String(included)} included` : bounds;
}

/** The add-ons of one group that a ticket has, and those that it can have. */
export function AddOnGroup({ order, choices, index, draft, onChange }: GroupProps) {
  const group = choices.add_ons[index];
  if (group === undefined) return null;
  const count = countIn(choices, index, draft);
  const isFull = count >= group.maximum;
  const offered = group.choices.filter(
    (one) => !isFull || (draft.added[addOnKey(choices.position_id, one)] ?? 0) > 0,
  );
  const has = order.positions.filter(({ id }) => group.chosen.includes(id));
  const add = (key: string, by: number) => {
    onChange({ ...draft, added: { ...draft.added, [key]: (draft.added[key] ?? 0) + by } });
  };
  return (
    <div>
      <h4 className={styles.group}>
        {group.name}{' '}
        <span className="muted">{boundsText(group.minimum, group.maximum, group.included)}</span>
      </h4>
      <ul className={styles.list}>
        {has.map((one) => {
          const isGone = draft.removed.includes(one.id);
          const name = fullName(one, order.timezone);
          return (
            <li key={one.id}>
              <span>{isGone ? <s>{name}</s> : name}</span>
              <span className="num">{priceText(one.price)}</span>
              <Button
                look="line"
                onClick={() => {
                  const removed = isGone
                    ? draft.removed.filter((id) => id !== one.id)
                    : [...draft.removed, one.id];
                  onChange({ ...draft, removed });
                }}
              >
                {isGone ? 'Keep' : 'Take off'}
                <span className="vh">: {name}</span>
              </Button>
            </li>
          );
        })}
        {offered.map((one) => {
          const key = addOnKey(choices.position_id, one);
          const more = draft.added[key] ?? 0;
          return (
            <li key={key}>
              <span>
                {one.name}
                {more > 0 && <b>, {more} more</b>}
              </span>
              <span className="num">{priceText(one.price)}</span>
              <span className={styles.buttons}>
                {more > 0 && (
                  <Button
                    look="line"
                    onClick={() => {
                      add(key, -1);
                    }}
                  >
                    Fewer<span className="vh">: {one.name}</span>
                  </Button>
                )}
                {!isFull && (
                  <Button
                    look="line"
                    onClick={() => {
                      add(key, 1);
                    }}
                  >
                    Add<span className="vh">: {one.name}</span>
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
