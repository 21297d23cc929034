import { useState } from 'react';
import { priceText } from '~/shared/format/money';
import { groupsOf } from '~/shared/offers/addOns';
import { isOpen } from '~/shared/offers/amounts';
import { allChoices, isForSale } from '~/shared/offers/choices';
import { Sum } from '~/shared/offers/Sum';
import { usePrice, type Basket, type Price, type Terms } from '~/shared/offers/usePrice';
import { Button } from '~/shared/ui/Button';
import { partyOf, type Wish } from './basket';
import type { House } from './choice';
import styles from './Seats.module.css';
import { Wishing } from './Wishing';

interface BestFormProps {
  house: House;
  terms: Terms;
  /** The party together with what was chosen for other dates. */
  withOthers: (basket: Basket) => Basket;
  isBusy: boolean;
  onFind: (wish: ReturnType<Price['seen']>) => void;
}

const NOBODY: Basket = { items: [], sum: { amount: 0, currency: 'EUR' }, isComplete: false };

interface NumberFieldProps {
  label: string;
  name: string;
  least: number;
  most: number;
  value: number;
  onChange: (value: number) => void;
}

function NumberField({ label, name, least, most, value, onChange }: NumberFieldProps) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <input
        className="box num"
        type="number"
        inputMode="numeric"
        name={name}
        min={least}
        max={most}
        value={value}
        onChange={(change) => {
          const typed = change.target.valueAsNumber;
          onChange(Number.isFinite(typed) ? Math.min(Math.max(typed, least), most) : least);
        }}
      />
    </label>
  );
}

function useParty(house: House) {
  const choices = allChoices(house.event.offers.filter(({ seated }) => seated === true));
  const [key, setKey] = useState('');
  const [wish, setWish] = useState<Wish>({});
  const [people, setPeople] = useState(2);
  const [wheelchairs, setWheelchairs] = useState(0);
  const [isSplit, setSplit] = useState(false);
  const choice = choices.find((one) => one.key === key) ?? choices.find(isForSale) ?? choices[0];
  const accessible = Math.min(wheelchairs, people);
  const party = { wish, people, accessible, may_split: isSplit };
  return {
    ...{ choices, choice, party, setPeople, setWheelchairs, setSplit, setWish },
    choose: (chosen: string) => {
      setKey(chosen);
      setWish({});
    },
  };
}

/** Without looking at the map: side by side, in the middle of the front. */
export function BestForm({ house, terms, withOthers, isBusy, onFind }: BestFormProps) {
  const { choices, choice, party, choose, ...set } = useParty(house);
  const basket = choice === undefined ? NOBODY : partyOf(house, choice, party);
  const price = usePrice(house.event, withOthers(basket), terms);
  if (choice === undefined) return null;
  return (
    <form
      className={styles.best}
      aria-labelledby="best-heading"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (basket.isComplete) onFind(price.seen());
      }}
    >
      <h2 id="best-heading">Best available</h2>
      <label className={styles.field}>
        <span>Ticket</span>
        <select
          className="box"
          name="ticket"
          value={choice.key}
          onChange={(change) => {
            choose(change.target.value);
          }}
        >
          {choices.map((one) => (
            <option key={one.key} value={one.key} disabled={!isForSale(one)}>
              {one.fullName}, {isOpen(one) ? 'pay what you want' : priceText(one.price)}
            </option>
          ))}
        </select>
      </label>
      {(isOpen(choice) || groupsOf(choice).length > 0) && (
        <Wishing
          id="best"
          of={choice.fullName}
          offer={{ ...choice, variations: [] }}
          choice={{ ...choice, variationId: null }}
          wish={party.wish}
          onWish={set.setWish}
        />
      )}
      <div className={styles.pair}>
        <NumberField
          label="People"
          name="people"
          least={1}
          most={choice.max_per_order}
          value={party.people}
          onChange={set.setPeople}
        />
        <NumberField
          label="In wheelchairs"
          name="wheelchairs"
          least={0}
          most={party.people}
          value={party.accessible}
          onChange={set.setWheelchairs}
        />
      </div>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={party.may_split}
          onChange={(change) => {
            set.setSplit(change.target.checked);
          }}
        />
        We may sit apart
      </label>
      <Sum price={price} />
      <Button type="submit" look="line" wide busy={isBusy ? 'Finding seats…' : null}>
        Find seats
      </Button>
    </form>
  );
}
