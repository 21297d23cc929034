import type { OfferView } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { allowed, fieldName, mostOf, stepped } from './quantities';

interface StepperProps {
  offer: OfferView;
  quantity: number;
  onChange: (quantity: number) => void;
}

export function Stepper({ offer, quantity, onChange }: StepperProps) {
  return (
    <div className="qty" role="group" aria-label={offer.name}>
      <button
        type="button"
        aria-label={`One ${offer.name} less`}
        disabled={quantity === 0}
        onClick={() => {
          onChange(stepped(offer, quantity, -1));
        }}
      >
        <Icon name="minus" />
      </button>
      <input
        className="num"
        type="number"
        inputMode="numeric"
        name={fieldName(offer.ticket_type_id)}
        aria-label={`How many: ${offer.name}`}
        min={0}
        max={mostOf(offer)}
        value={quantity}
        onChange={(change) => {
          onChange(allowed(offer, change.target.valueAsNumber));
        }}
      />
      <button
        type="button"
        aria-label={`One ${offer.name} more`}
        disabled={quantity >= mostOf(offer)}
        onClick={() => {
          onChange(stepped(offer, quantity, 1));
        }}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}
