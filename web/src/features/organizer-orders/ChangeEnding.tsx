import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  ChangedView,
  ChangePreviewView,
  LookBody,
  OrderView,
  Settle,
} from '~/shared/api/generated/boxoffice.schemas';
import { moneyText } from '~/shared/format/money';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { ChangeOutcome } from './ChangeOutcome';
import { changesQuery, saleQuery } from './queries';
import { useChangePreview, useChangeTicket } from './useChangeTicket';

const WAYS: readonly { value: Settle; label: string }[] = [
  { value: 'pay', label: 'The buyer pays it: they get a mail with a link' },
  { value: 'outside', label: 'It was paid outside: cash, transfer' },
  { value: 'waive', label: 'Nobody pays it: it is waived' },
];

const WITHIN = [
  { hours: 24, label: 'a day' },
  { hours: 72, label: 'three days' },
  { hours: 168, label: 'a week' },
];

function doneText({ awaiting, change }: ChangedView): string {
  if (awaiting == null) return 'Changed. The buyer gets a mail.';
  return `Kept for the buyer, who gets a mail to pay ${moneyText(change.more)}.`;
}

function buttonText({ more }: ChangePreviewView, settle: Settle): string {
  return more.amount > 0 && settle !== 'outside'
    ? `Ask the buyer for ${moneyText(more)}`
    : 'Change the order';
}

interface DifferenceProps {
  settle: Settle;
  onSettle: (settle: Settle) => void;
  hours: number;
  onHours: (hours: number) => void;
  change: ChangePreviewView | undefined;
}

/** Who pays what it costs more, and until when. */
function Difference({ settle, onSettle, hours, onHours, change }: DifferenceProps) {
  const more = change?.more.amount ?? 0;
  if (more === 0 && settle === 'pay') return null;
  return (
    <>
      <SelectField
        label="Who pays the difference"
        value={settle}
        onChange={(pick) => {
          onSettle(pick.target.value as Settle);
        }}
      >
        {WAYS.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      {more > 0 && settle !== 'outside' && (
        <SelectField
          label="Kept for them for"
          value={String(hours)}
          onChange={(pick) => {
            onHours(Number(pick.target.value));
          }}
        >
          {WITHIN.map((one) => (
            <option key={one.hours} value={one.hours}>
              {one.label}
            </option>
          ))}
        </SelectField>
      )}
    </>
  );
}

interface EndingProps {
  order: OrderView;
  look: LookBody;
  /** Some price is set by hand, which wants a reason. */
  needsReason: boolean;
  settle: Settle;
  onSettle: (settle: Settle) => void;
  onClose: () => void;
}

function useChanging({ order, onClose }: EndingProps, onDiffers: () => void) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const tell = useTell();
  return useChangeTicket(order, {
    onDone: (made) => {
      tell('good', doneText(made));
      void queryClient.invalidateQueries(saleQuery(slug, order.id));
      void queryClient.invalidateQueries(changesQuery(slug, order.id));
      onClose();
    },
    onDiffers,
  });
}

/** An answer to exactly what is asked now. */
function shownOf(read: ReturnType<typeof useChangePreview>): ChangePreviewView | undefined {
  return read.isPlaceholderData || read.isError ? undefined : read.data;
}

/** What the wishes come to, who pays a difference, and the button that does just that. */
export function ChangeEnding(props: EndingProps) {
  const { order, look, needsReason, settle, onSettle } = props;
  const [because, setBecause] = useState('');
  const [hours, setHours] = useState(72);
  const preview = useChangePreview(order, look);
  const changing = useChanging(props, () => void preview.refetch());
  const wantsReason = needsReason || settle !== 'pay';
  const isReady = !wantsReason || because.trim() !== '';
  const shown = isReady ? shownOf(preview) : undefined;
  return (
    <>
      <div aria-live="polite">
        <ChangeOutcome read={preview} zone={order.timezone} />
      </div>
      <Difference
        change={preview.data}
        settle={settle}
        onSettle={onSettle}
        hours={hours}
        onHours={setHours}
      />
      <Field
        label="Why"
        hint="Kept with the change; needed for another price, and where nobody pays here."
        optional={!wantsReason}
        maxLength={500}
        onChange={(typed) => {
          setBecause(typed.target.value);
        }}
      />
      {changing.isError && <Trouble error={changing.error} />}
      {shown !== undefined && (
        <div>
          <Button
            busy={changing.isPending ? 'Changing…' : null}
            onClick={() => {
              changing.mutate({ look, because, hours, shown });
            }}
          >
            {buttonText(shown, settle)}
          </Button>
        </div>
      )}
    </>
  );
}
