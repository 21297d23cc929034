import type { OfferView } from '~/shared/api/generated/boxoffice.schemas';
import { priceText } from '~/shared/format/money';
import { isForSale } from './quantities';
import { Stepper } from './Stepper';
import { offerNote, stateText } from './words';

interface OfferRowProps {
  offer: OfferView;
  zone: string;
  quantity: number;
  onChange: (quantity: number) => void;
}

export function OfferRow({ offer, zone, quantity, onChange }: OfferRowProps) {
  const note = offerNote(offer, zone);
  return (
    <li className="offer">
      <p className="offer-name">{offer.name}</p>
      <p className="offer-price num">{priceText(offer.price)}</p>
      {note !== '' && <p className="offer-note">{note}</p>}
      {isForSale(offer) ? (
        <Stepper offer={offer} quantity={quantity} onChange={onChange} />
      ) : (
        <p className="offer-state">{stateText(offer)}</p>
      )}
    </li>
  );
}
