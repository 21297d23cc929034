import type { ChangeChoicesView, OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { AddOnGroup } from './AddOnGroup';
import type { Draft } from './changeDraft';
import styles from './Changes.module.css';

interface OneProps {
  order: OrderView;
  choices: ChangeChoicesView;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** One ticket: another variation, add-ons more or fewer. */
export function ChooseOne({ order, choices, draft, onChange }: OneProps) {
  const id = choices.position_id;
  const position = order.positions.find((one) => one.id === id);
  const noun = position?.admits === false ? 'Item' : 'Ticket';
  const title = `${noun} ${String(position?.number ?? '')}: ${choices.name}`;
  return (
    <fieldset className={styles.one}>
      <legend>{title}</legend>
      {choices.variations.length > 0 && (
        <SelectField
          label="Variation"
          value={draft.variations[id] ?? ''}
          onChange={(pick) => {
            onChange({ ...draft, variations: { ...draft.variations, [id]: pick.target.value } });
          }}
        >
          <option value="">Stays as it is</option>
          {choices.variations.map((one) => (
            <option key={one.variation_id} value={one.variation_id}>
              {one.name}, {moneyText(one.price)}
            </option>
          ))}
        </SelectField>
      )}
      {choices.add_ons.map((group, index) => (
        <AddOnGroup
          key={group.name}
          order={order}
          choices={choices}
          index={index}
          draft={draft}
          onChange={onChange}
        />
      ))}
    </fieldset>
  );
}
