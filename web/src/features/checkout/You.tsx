import { useState } from 'react';
import type { FieldErrors, UseFormRegister, UseFormSetValue } from 'react-hook-form';
import { CALM_MS } from '~/shared/ui/forms/useAppForm';
import { EMAIL } from '~/shared/ui/forms/mistakes';
import { probablyMeant } from '~/shared/ui/forms/emailHint';
import { Field } from '~/shared/ui/forms/Field';
import type { Details } from './draft';
import styles from './Checkout.module.css';
import { words } from './words';

export const FIELD_IDS = { email: 'buyer-email', name: 'buyer-name' };

interface YouProps {
  register: UseFormRegister<Details>;
  setValue: UseFormSetValue<Details>;
  errors: FieldErrors<Details>;
}

function TypoHint({ meant, onTake }: { meant: string; onTake: () => void }) {
  return (
    <p className={styles.typo} role="status">
      Did you mean{' '}
      <button type="button" onClick={onTake}>
        {meant}
      </button>
      ?
    </p>
  );
}

/** Who gets the tickets: two fields. */
export function You({ register, setValue, errors }: YouProps) {
  const [meant, setMeant] = useState<string | null>(null);
  const email = register('email', {
    required: words.emailMissing,
    pattern: { value: EMAIL, message: words.emailWrong },
    setValueAs: (text: string) => text.trim(),
    onBlur: (blur: React.FocusEvent<HTMLInputElement>) => {
      const typed = blur.target.value;
      window.setTimeout(() => {
        setMeant(probablyMeant(typed));
      }, CALM_MS);
    },
  });
  const name = register('name', {
    required: words.nameMissing,
    validate: (text) => text.trim() !== '' || words.nameMissing,
  });
  return (
    <section className={styles.part} aria-labelledby="you">
      <h2 id="you">{words.you}</h2>
      <p className="muted">{words.youHint}</p>
      <Field
        {...email}
        id={FIELD_IDS.email}
        label={words.email}
        type="email"
        inputMode="email"
        autoComplete="email"
        error={errors.email?.message}
      />
      {meant !== null && (
        <TypoHint
          meant={meant}
          onTake={() => {
            setValue('email', meant, { shouldValidate: true });
            setMeant(null);
          }}
        />
      )}
      <Field
        {...name}
        id={FIELD_IDS.name}
        label={words.name}
        autoComplete="name"
        maxLength={200}
        error={errors.name?.message}
      />
    </section>
  );
}
