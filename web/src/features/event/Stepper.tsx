import { Icon } from '~/shared/icons/Icon';
import type { Choice } from '~/shared/offers/choices';
import { allowed, fieldName, mostOf, stepped } from './quantities';

interface StepperProps {
  choice: Choice;
  quantity: number;
  onChange: (quantity: number) => void;
}

export function Stepper({ choice, quantity, onChange }: StepperProps) {
  return (
    <div className="qty" role="group" aria-label={choice.fullName}>
      <button
        type="button"
        aria-label={`One ${choice.fullName} less`}
        disabled={quantity === 0}
        onClick={() => {
          onChange(stepped(choice, quantity, -1));
        }}
      >
        <Icon name="minus" />
      </button>
      <input
        className="num"
        type="number"
        inputMode="numeric"
        name={fieldName(choice.key)}
        aria-label={`How many: ${choice.fullName}`}
        min={0}
        max={mostOf(choice)}
        value={quantity}
        onChange={(change) => {
          onChange(allowed(choice, change.target.valueAsNumber));
        }}
      />
      <button
        type="button"
        aria-label={`One ${choice.fullName} more`}
        disabled={quantity >= mostOf(choice)}
        onClick={() => {
          onChange(stepped(choice, quantity, 1));
        }}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}
