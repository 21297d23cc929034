import { useState } from 'react';
import type { EventPage, OrderLineBody } from '~/shared/api/generated/boxoffice.schemas';
import { priceText } from '~/shared/format/money';
import { Button } from '~/shared/ui/Button';
import styles from './Seats.module.css';

interface BestFormProps {
  event: EventPage;
  isBusy: boolean;
  onFind: (line: OrderLineBody) => void;
}

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

function useParty(first: string) {
  const [type, setType] = useState(first);
  const [people, setPeople] = useState(2);
  const [wheelchairs, setWheelchairs] = useState(0);
  const [isSplit, setSplit] = useState(false);
  const accessible = Math.min(wheelchairs, people);
  const line: OrderLineBody = {
    ticket_type_id: type,
    quantity: people,
    best_available: { accessible, may_split: isSplit },
  };
  return { line, type, setType, people, setPeople, accessible, setWheelchairs, isSplit, setSplit };
}

/** Without looking at the map: side by side, in the middle of the front. */
export function BestForm({ event, isBusy, onFind }: BestFormProps) {
  const seated = event.offers.filter(({ seated: isSeated }) => isSeated === true);
  const party = useParty(seated[0]?.ticket_type_id ?? '');
  const most = seated.find((offer) => offer.ticket_type_id === party.type)?.max_per_order ?? 10;
  return (
    <form
      className={styles.best}
      aria-labelledby="best-heading"
      onSubmit={(submit) => {
        submit.preventDefault();
        onFind(party.line);
      }}
    >
      <h2 id="best-heading">Best available</h2>
      <label className={styles.field}>
        <span>Ticket</span>
        <select
          className="box"
          name="ticket"
          value={party.type}
          onChange={(change) => {
            party.setType(change.target.value);
          }}
        >
          {seated.map((offer) => (
            <option key={offer.ticket_type_id} value={offer.ticket_type_id}>
              {offer.name}, {priceText(offer.price)}
            </option>
          ))}
        </select>
      </label>
      <div className={styles.pair}>
        <NumberField
          label="People"
          name="people"
          least={1}
          most={most}
          value={party.people}
          onChange={party.setPeople}
        />
        <NumberField
          label="In wheelchairs"
          name="wheelchairs"
          least={0}
          most={party.people}
          value={party.accessible}
          onChange={party.setWheelchairs}
        />
      </div>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={party.isSplit}
          onChange={(change) => {
            party.setSplit(change.target.checked);
          }}
        />
        We may sit apart
      </label>
      <Button type="submit" look="line" wide busy={isBusy ? 'Finding seats…' : null}>
        Find seats
      </Button>
    </form>
  );
}
