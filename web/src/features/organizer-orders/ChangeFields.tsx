import type {
  ManagedEvent,
  OrderPositionView,
  OrderView,
} from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { symbolOf } from '~/shared/organizer/prices';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { choicesOf, kindsOf, priceMistake, type ChangeDraft } from './changeWish';
import { isSeated } from './freeSeats';
import { SeatField } from './SeatField';

interface FieldsProps {
  event: ManagedEvent;
  order: OrderView;
  /** The ticket that changes; none for one that is added. */
  position?: OrderPositionView;
  draft: ChangeDraft;
  onChange: (parts: Partial<ChangeDraft>) => void;
}

function DateField({ event, order, position, draft, onChange }: FieldsProps) {
  if (event.occurrences.length < 2) return null;
  const own = position?.date?.occurrence_id ?? order.occurrence_id;
  return (
    <SelectField
      label="On which date"
      value={draft.date}
      onChange={(pick) => {
        onChange({ date: pick.target.value, seat: '' });
      }}
    >
      <option value="">{position === undefined ? 'The order’s date' : 'Stays on its date'}</option>
      {event.occurrences
        .filter(({ id }) => id !== own)
        .map(({ id, starts_at }) => (
          <option key={id} value={id}>
            {dateTimeText(starts_at, event.timezone)}
          </option>
        ))}
    </SelectField>
  );
}

/** Of what type and for which date it would be, and whether the seat it has can stay. */
function placeOf({ order, position, draft }: FieldsProps) {
  const ownDate = position?.date?.occurrence_id ?? order.occurrence_id;
  const picked = draft.kind.replace(/\/.*/, '');
  return {
    dateId: draft.date || ownDate,
    typeId: picked || (position?.ticket_type_id ?? ''),
    mayStay: draft.kind + draft.date === '',
  };
}

function Seat(props: FieldsProps) {
  const { event, draft, onChange } = props;
  const place = placeOf(props);
  if (!isSeated(event, place.typeId, place.dateId)) return null;
  return (
    <SeatField
      {...place}
      mayStay={props.position !== undefined && place.mayStay}
      eventSlug={event.slug}
      value={draft.seat}
      onPick={(seat) => {
        onChange({ seat });
      }}
    />
  );
}

/** What it becomes or is, when, where and for how much. */
export function ChangeFields(props: FieldsProps) {
  const { event, position, draft, onChange } = props;
  const kinds = position === undefined ? kindsOf(event) : choicesOf(event, position);
  return (
    <>
      <SelectField
        label={position === undefined ? 'Which ticket' : 'Becomes'}
        value={draft.kind}
        onChange={(pick) => {
          onChange({ kind: pick.target.value, seat: '' });
        }}
      >
        <option value="">{position === undefined ? 'Choose' : 'Stays what it is'}</option>
        {kinds.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <DateField {...props} />
      <Seat {...props} />
      <Field
        label={`Another price in ${symbolOf(event.currency)}`}
        hint="Before taxes that come on top. Empty: what the ticket costs anyway."
        optional
        autoComplete="off"
        defaultValue={draft.price}
        error={priceMistake(draft, event.currency)}
        onChange={(typed) => {
          onChange({ price: typed.target.value });
        }}
      />
    </>
  );
}
