import { useId } from 'react';
import type { AddOnGroupView } from '~/shared/api/generated/boxoffice.schemas';
import { priceText } from '~/shared/format/money';
import { Icon } from '~/shared/icons/Icon';
import {
  extrasOf,
  groupsOf,
  mostOfExtra,
  picksOf,
  type Extra,
  type Extras,
  type Picked,
} from './addOns';
import { groupText } from './addOnWords';
import styles from './AddOnGroups.module.css';
import { isForSale, type Choice } from './choices';
import { fewLeft, stateText } from './words';

/** Other numbers of some extras, for one ticket (from 0) of a row. */
export type PickOne = (choice: Choice, ticket: number, changed: Picked) => void;

interface GroupProps {
  group: AddOnGroupView;
  picked: Picked;
  /** Which ticket, where there are several: tells the fields of one from those of another. */
  of: string;
  onPick: (changed: Picked) => void;
}

interface RowProps extends GroupProps {
  extra: Extra;
}

/** One or none: a tick, which takes that of another in the group away. */
function Tick({ group, picked, extra, of, onPick }: RowProps) {
  const isPicked = (picked[extra.key] ?? 0) > 0;
  return (
    <input
      type="checkbox"
      className={styles.tick}
      aria-label={`${extra.fullName}${of}`}
      checked={isPicked}
      onChange={() => {
        const none = extrasOf(group).map(({ key }): [string, number] => [key, 0]);
        onPick({ ...Object.fromEntries(none), [extra.key]: isPicked ? 0 : 1 });
      }}
    />
  );
}

function Count({ group, picked, extra, of, onPick }: RowProps) {
  const units = picked[extra.key] ?? 0;
  const most = mostOfExtra(group, picked, extra);
  return (
    <div className={`qty ${styles.count ?? ''}`} role="group" aria-label={`${extra.fullName}${of}`}>
      <button
        type="button"
        aria-label={`One ${extra.fullName} less${of}`}
        disabled={units === 0}
        onClick={() => {
          onPick({ [extra.key]: units - 1 });
        }}
      >
        <Icon name="minus" />
      </button>
      <output className="num">{units}</output>
      <button
        type="button"
        aria-label={`One ${extra.fullName} more${of}`}
        disabled={units >= most}
        onClick={() => {
          onPick({ [extra.key]: units + 1 });
        }}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}

function Row(props: RowProps) {
  const { extra, group } = props;
  const isIncluded = group.included >= group.maximum;
  const note = [fewLeft(extra), extra.description].filter(Boolean).join(' ');
  return (
    <li className={styles.row}>
      <p>
        {extra.name}
        {!isIncluded && (
          <span className={`num ${styles.price ?? ''}`}>
            {extra.price.amount === 0 ? priceText(extra.price) : `+ ${priceText(extra.price)}`}
          </span>
        )}
        {note !== '' && <span className={styles.note}>{note}</span>}
      </p>
      {!isForSale(extra) ? (
        <p className={styles.note}>{stateText(extra)}</p>
      ) : group.maximum === 1 ? (
        <Tick {...props} />
      ) : (
        <Count {...props} />
      )}
    </li>
  );
}

function Group(props: GroupProps) {
  const { group, of } = props;
  const hint = useId();
  return (
    <fieldset className={styles.group} aria-describedby={hint}>
      <legend>
        {group.name}
        <span className="vh">{of}</span>
      </legend>
      <p id={hint} className={styles.note}>
        {groupText(group)}
      </p>
      <ul>
        {extrasOf(group).map((extra) => (
          <Row key={extra.key} {...props} extra={extra} />
        ))}
      </ul>
    </fieldset>
  );
}

interface OfOneProps {
  choice: Choice;
  picked: Picked;
  /** ", ticket 2 of 3", where there are several. */
  of?: string;
  onPick: (changed: Picked) => void;
}

/** What can be had with one ticket. */
export function AddOnGroups({ choice, picked, of = '', onPick }: OfOneProps) {
  return groupsOf(choice)
    .filter(({ add_ons: addOns }) => addOns.length > 0)
    .map((group) => <Group key={group.id} group={group} picked={picked} of={of} onPick={onPick} />);
}

interface OfEachProps {
  choice: Choice;
  quantity: number;
  extras: Extras;
  onPick: PickOne;
}

/** What can be had with each ticket of a row. */
export function AddOnsOfEach({ choice, quantity, extras, onPick }: OfEachProps) {
  if (groupsOf(choice).length === 0) return null;
  return picksOf(choice, quantity, extras).map((picked, ticket) => {
    const number = `ticket ${String(ticket + 1)} of ${String(quantity)}`;
    return (
      // Tickets of one row have nothing but their place to tell them apart.
      <div key={`${choice.key} ${number}`} className={styles.ticket} id={addOnsId(choice, ticket)}>
        {quantity > 1 && <p className={styles.number}>{`${choice.fullName}, ${number}`}</p>}
        <AddOnGroups
          choice={choice}
          picked={picked}
          of={quantity > 1 ? `, ${number}` : ''}
          onPick={(changed) => {
            onPick(choice, ticket, changed);
          }}
        />
      </div>
    );
  });
}

/** The id of what comes with one ticket (from 0) of a row. */
export const addOnsId = (choice: Choice, ticket: number) => `with-${choice.key}-${String(ticket)}`;
