import type {
  ManagedEvent,
  OrderPositionView,
  OrderView,
} from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { fullName } from '~/shared/orders/names';
import { symbolOf } from '~/shared/organizer/prices';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { choicesOf, priceMistake, type ChangeDraft } from './changeWish';
import { isSeated } from './freeSeats';
import { SeatField } from './SeatField';

interface FieldsProps {
  event: ManagedEvent;
  order: OrderView;
  position: OrderPositionView;
  draft: ChangeDraft;
  onChange: (parts: Partial<ChangeDraft>) => void;
}

/** Which ticket. */
export function TicketField({
  order,
  position,
  onPick,
}: {
  order: OrderView;
  position: OrderPositionView;
  onPick: (id: string) => void;
}) {
  return (
    <SelectField
      label="Ticket"
      value={position.id}
      onChange={(pick) => {
        onPick(pick.target.value);
      }}
    >
      {order.positions.map((one) => (
        <option key={one.id} value={one.id}>
          Ticket {one.number}: {fullName(one, order.timezone)}
        </option>
      ))}
    </SelectField>
  );
}

function DateField({ event, order, position, draft, onChange }: FieldsProps) {
  if (event.occurrences.length < 2) return null;
  const own = position.date?.occurrence_id ?? order.occurrence_id;
  return (
    <SelectField
      label="On which date"
      value={draft.date}
      onChange={(pick) => {
        onChange({ date: pick.target.value, seat: '' });
      }}
    >
      <option value="">Stays on its date</option>
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

function Seat({ event, order, position, draft, onChange }: FieldsProps) {
  const own = position.date?.occurrence_id ?? order.occurrence_id;
  const dateId = draft.date === '' ? own : draft.date;
  const [picked = ''] = draft.kind.split('/');
  const typeId = picked === '' ? position.ticket_type_id : picked;
  if (!isSeated(event, typeId, dateId)) return null;
  return (
    <SeatField
      eventSlug={event.slug}
      typeId={typeId}
      dateId={dateId}
      mayStay={draft.kind === '' && draft.date === ''}
      value={draft.seat}
      onPick={(seat) => {
        onChange({ seat });
      }}
    />
  );
}

/** What it becomes, when, for how much, and why. */
export function ChangeFields({ event, order, position, draft, onChange }: FieldsProps) {
  return (
    <>
      <SelectField
        label="Becomes"
        value={draft.kind}
        onChange={(pick) => {
          onChange({ kind: pick.target.value, seat: '' });
        }}
      >
        <option value="">Stays what it is</option>
        {choicesOf(event, position).map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <DateField
        event={event}
        order={order}
        position={position}
        draft={draft}
        onChange={onChange}
      />
      <Seat event={event} order={order} position={position} draft={draft} onChange={onChange} />
      <Field
        label={`Another price in ${symbolOf(event.currency)}`}
        hint="Before taxes that come on top. Empty: what the ticket costs anyway."
        optional
        autoComplete="off"
        error={priceMistake(draft, event.currency)}
        onChange={(typed) => {
          onChange({ price: typed.target.value });
        }}
      />
      <Field
        label="Why"
        hint="Kept with the change; needed for another price."
        optional={draft.price.trim() === ''}
        maxLength={500}
        onChange={(typed) => {
          onChange({ because: typed.target.value });
        }}
      />
    </>
  );
}
