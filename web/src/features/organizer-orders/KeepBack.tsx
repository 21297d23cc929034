import { Field } from '~/shared/ui/forms/Field';
import { Segments } from '~/shared/ui/forms/Segments';

export type Then = 'sell' | 'keep';

export interface Keeping {
  then: Then;
  reason: string;
  /** A clock time in the event's zone, or nothing. */
  until: string;
}

export const SOLD_AGAIN: Keeping = { then: 'sell', reason: '', until: '' };

const OPTIONS: readonly { value: Then; label: string }[] = [
  { value: 'sell', label: 'Put back on sale' },
  { value: 'keep', label: 'Keep back (block)' },
];

interface KeepBackProps {
  value: Keeping;
  zone: string;
  onChange: (value: Keeping) => void;
}

/** What becomes of the places: everybody's again, or kept from the sale with a reason. */
export function KeepBack({ value, zone, onChange }: KeepBackProps) {
  return (
    <>
      <Segments
        legend="What becomes of the places"
        name="places"
        value={value.then}
        options={OPTIONS}
        onPick={(then) => {
          onChange({ ...value, then });
        }}
      />
      {value.then === 'keep' && (
        <>
          <Field
            label="Reason of the block"
            hint="For the team: broken seat, guests, camera. The buyer does not see it."
            autoComplete="off"
            maxLength={200}
            defaultValue={value.reason}
            onChange={(change) => {
              onChange({ ...value, reason: change.target.value });
            }}
          />
          <Field
            label="Free again at"
            hint={`Clock time in ${zone}; empty means until somebody releases it, on the event’s page of seats.`}
            type="datetime-local"
            optional
            defaultValue={value.until}
            onChange={(change) => {
              onChange({ ...value, until: change.target.value });
            }}
          />
        </>
      )}
    </>
  );
}
