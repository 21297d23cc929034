import type { FieldErrors, UseFormRegister } from 'react-hook-form';
import type { RegisterBody } from '~/shared/api/generated/boxoffice.schemas';
import { EMAIL } from '~/shared/ui/forms/mistakes';
import { Field } from '~/shared/ui/forms/Field';
import { PASSWORD_MIN, words } from './words';

export const SIGN_UP_IDS = {
  name: 'sign-up-name',
  email: 'sign-up-email',
  password: 'sign-up-password',
};

interface SignUpFieldsProps {
  register: UseFormRegister<RegisterBody>;
  errors: FieldErrors<RegisterBody>;
}

export function SignUpFields({ register, errors }: SignUpFieldsProps) {
  return (
    <>
      <Field
        {...register('name', { required: words.nameMissing })}
        id={SIGN_UP_IDS.name}
        label="Full name"
        autoComplete="name"
        maxLength={200}
        error={errors.name?.message}
      />
      <Field
        {...register('email', {
          required: words.emailMissing,
          pattern: { value: EMAIL, message: words.emailWrong },
        })}
        id={SIGN_UP_IDS.email}
        label="E-mail"
        type="email"
        inputMode="email"
        autoComplete="username"
        error={errors.email?.message}
      />
      <Field
        {...register('password', {
          required: words.passwordShort,
          minLength: { value: PASSWORD_MIN, message: words.passwordShort },
        })}
        id={SIGN_UP_IDS.password}
        label="Password"
        type="password"
        hint={words.passwordHint}
        autoComplete="new-password"
        error={errors.password?.message}
      />
    </>
  );
}
