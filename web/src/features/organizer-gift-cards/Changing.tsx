import { adjustGiftCard, voidGiftCard } from '~/shared/api/generated/boxoffice';
import type { GiftCardView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { minorUnits, symbolOf } from '~/shared/organizer/prices';
import styles from '~/shared/organizer/Settings.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { useCardCommand } from './useCardCommand';
import { nameOf } from './words';

interface Draft {
  what: 'add' | 'take' | 'void';
  amount: string;
  because: string;
}

interface ChangingProps {
  card: GiftCardView;
  onClose: () => void;
}

function useChanging(card: GiftCardView, done: () => void) {
  const { slug } = useArea();
  return useCardCommand(({ what, amount, because }: Draft, options) => {
    const reason = { because: because.trim() };
    if (what === 'void') return voidGiftCard(slug, card.id, reason, options);
    const by = minorUnits(amount, card.balance.currency) ?? 0;
    const change = { ...reason, amount: what === 'add' ? by : -by };
    return adjustGiftCard(slug, card.id, change, options);
  }, done);
}

/** Money on a card, or off it, or no card at all; always with a reason. */
export function Changing({ card, onClose }: ChangingProps) {
  const id = (name: string) => `gift-${card.id}-${name}`;
  const ids = { what: id('what'), amount: id('amount'), because: id('because') };
  const form = useAppForm<Draft>(ids, { what: 'add', amount: '', because: '' });
  const changing = useChanging(card, onClose);
  const isVoid = form.watch('what') === 'void';
  const { errors } = form.formState;
  const submit = form.send((draft) => {
    if (!changing.isPending) changing.mutate(draft);
  });
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={`Change gift card ${nameOf(card)}`}
      onSubmit={submit}
    >
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      {changing.isError && <Trouble error={changing.error} />}
      <div className={styles.halves}>
        <SelectField {...form.register('what')} id={ids.what} label="What to do">
          <option value="add">put money on it</option>
          <option value="take">take money off it</option>
          <option value="void">void it for good</option>
        </SelectField>
        {!isVoid && (
          <Field
            {...form.register('amount', {
              validate: (text) =>
                (minorUnits(text, card.balance.currency) ?? 0) > 0 || 'Give an amount such as 10.',
            })}
            id={ids.amount}
            label={`Amount in ${symbolOf(card.balance.currency)}`}
            error={errors.amount?.message}
          />
        )}
      </div>
      <Field
        {...form.register('because', {
          validate: (text) => text.trim() !== '' || 'Say why, for your team.',
        })}
        id={ids.because}
        label="Why"
        hint={
          isVoid
            ? 'What is left on it is gone, and nobody can pay with it; orders stay paid.'
            : undefined
        }
        maxLength={200}
        error={errors.because?.message}
      />
      <div className={styles.buttons}>
        <Button type="submit" busy={changing.isPending ? 'Saving…' : null}>
          {isVoid ? 'Void the card' : 'Change the balance'}
        </Button>
        <Button look="text" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
