import type { UseFormRegisterReturn } from 'react-hook-form';
import { Field } from './Field';
import { EMAIL } from './mistakes';

/** What a name and an address must be, for `form.register`. */
export const NAME_RULES = {
  validate: (name: string) => name.trim() !== '' || 'Enter your full name.',
};
export const EMAIL_RULES = {
  required: 'Enter your e-mail address.',
  pattern: { value: EMAIL, message: 'Enter an e-mail address such as ana@example.org.' },
};

interface OneField {
  field: UseFormRegisterReturn;
  id: string;
  error: string | undefined;
}

/** Who somebody is, and where we write to. */
export function WhoFields({
  name,
  email,
  hint,
}: {
  name: OneField;
  email: OneField;
  hint: string;
}) {
  return (
    <>
      <Field
        {...name.field}
        id={name.id}
        label="Full name"
        autoComplete="name"
        maxLength={200}
        error={name.error}
      />
      <Field
        {...email.field}
        id={email.id}
        label="E-mail"
        type="email"
        inputMode="email"
        autoComplete="email"
        hint={hint}
        error={email.error}
      />
    </>
  );
}
