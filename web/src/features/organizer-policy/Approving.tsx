import { useQuery } from '@tanstack/react-query';
import { useForm, useWatch } from 'react-hook-form';
import { getCardHoldLimits } from '~/shared/api/generated/boxoffice';
import type { ApprovalTerms } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { wholeNumber } from '~/shared/organizer/prices';
import { areaKey } from '~/shared/organizer/queries';
import settings from '~/shared/organizer/Settings.module.css';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import styles from './Policy.module.css';

interface ApprovingProps {
  terms: ApprovalTerms;
  onSet: (terms: ApprovalTerms) => void;
}

const MOST = 8_760;

function isHours(text: string, most = MOST): boolean {
  const hours = wholeNumber(text, 1);
  return hours !== null && hours <= most;
}

function mostHours(card: boolean, longest: number | null): number {
  return card && longest !== null ? longest : MOST;
}

function mistakeIn(text: string, most: number): string | undefined {
  if (text.trim() === '' || isHours(text, most)) return undefined;
  if (most === MOST) return 'Give a number of hours, or leave it empty.';
  return `Cards hold money for ${String(most)} hours at most; give no more.`;
}

function untilText(card: boolean): string {
  return card ? 'as long as the card holds the money' : 'until the event is over';
}

function typedOf({ pay_hours: pay, decide_hours: decide, card }: ApprovalTerms) {
  return {
    pay: String(pay ?? 72),
    decide: decide == null ? '' : String(decide),
    card: card === true,
  };
}

/** For how many hours cards hold money at most; null while that is not known, or if they cannot. */
function useLongestHold(): number | null {
  const { slug } = useArea();
  const { data } = useQuery({
    queryKey: [...areaKey(slug), 'card-holds'],
    queryFn: ({ signal }) => getCardHoldLimits(slug, { signal }),
    staleTime: 60_000,
  });
  return data?.longest_hours ?? null;
}

/** For ticket types that need approval: how long it may take, and how long there is to pay. */
export function Approving({ terms, onSet }: ApprovingProps) {
  const longest = useLongestHold();
  const { register, handleSubmit, formState, control } = useForm({
    defaultValues: typedOf(terms),
  });
  const { errors } = formState;
  const card = useWatch({ control, name: 'card' });
  const most = mostHours(card, longest);
  const save = handleSubmit((typed) => {
    onSet({
      pay_hours: wholeNumber(typed.pay, 1) ?? 72,
      decide_hours: wholeNumber(typed.decide, 1),
      card: typed.card,
    });
  });
  return (
    <section className={settings.section} aria-labelledby="approving">
      <h2 id="approving">Approving</h2>
      <p>For ticket types that need your approval. Their tickets are kept until you decide.</p>
      <form className={styles.form} noValidate onSubmit={(event) => void save(event)}>
        {(longest !== null || terms.card === true) && (
          <label className={`${styles.tick ?? ''} ${styles.wide ?? ''}`}>
            <input type="checkbox" {...register('card')} />
            <span>Whoever applies gives a card, which is charged only when you approve</span>
          </label>
        )}
        <Field
          {...register('pay', {
            validate: (text) => isHours(text) || 'Give a number of hours, at least 1.',
          })}
          label="Hours to pay, once you have approved"
          inputMode="numeric"
          error={errors.pay?.message}
        />
        <Field
          {...register('decide', {
            validate: (text) => mistakeIn(text, most) ?? true,
          })}
          label="Hours for you to decide"
          hint={`Empty: ${untilText(card)}. After that the tickets go back on sale.`}
          optional
          inputMode="numeric"
          error={errors.decide?.message}
        />
        <div>
          <Button type="submit" look="line">
            Set these terms
          </Button>
        </div>
      </form>
    </section>
  );
}
