import { changeGiftCard } from '~/shared/api/generated/boxoffice';
import type { GiftCardView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import styles from '~/shared/organizer/Settings.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { useCardCommand } from './useCardCommand';
import { dayOf, endOfDay, nameOf } from './words';

interface Draft {
  until: string;
  note: string;
}

/** What the team notes about a card, and until when it can be spent. */
export function Terms({ card, onClose }: { card: GiftCardView; onClose: () => void }) {
  const { slug } = useArea();
  const ids = { until: `gift-${card.id}-until`, note: `gift-${card.id}-note` };
  const before = { until: dayOf(card.expires_at), note: card.note };
  const form = useAppForm<Draft>(ids, before);
  const saving = useCardCommand(
    ({ until, note }: Draft) =>
      changeGiftCard(slug, card.id, {
        note: note.trim(),
        // Who leaves the day alone leaves the hour alone as well.
        ...(until !== before.until && { expires_at: endOfDay(until) }),
      }),
    onClose,
  );
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={`Note and end of gift card ${nameOf(card)}`}
      onSubmit={form.send((draft) => {
        if (!saving.isPending) saving.mutate(draft);
      })}
    >
      {saving.isError && <Trouble error={saving.error} />}
      <Field
        {...form.register('until')}
        id={ids.until}
        label="Can be spent until"
        hint="The end of that day. Without a day it does not expire."
        optional
        type="date"
      />
      <Field
        {...form.register('note')}
        id={ids.note}
        label="Note for your team"
        optional
        maxLength={200}
      />
      <div className={styles.buttons}>
        <Button type="submit" busy={saving.isPending ? 'Saving…' : null}>
          Save
        </Button>
        <Button look="text" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
