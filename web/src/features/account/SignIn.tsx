import { useMutation } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { logIn } from '~/shared/api/generated/boxoffice';
import type { LoginBody } from '~/shared/api/generated/boxoffice.schemas';
import { paths } from '~/shared/paths';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { FormPage } from '~/shared/ui/forms/FormPage';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { useArrival } from './useArrival';
import { words } from './words';

const IDS = { email: 'sign-in-email', password: 'sign-in-password' };

export function SignIn() {
  const arrive = useArrival();
  const [search] = useSearchParams();
  const signingIn = useMutation({
    mutationFn: (body: LoginBody) => logIn(body),
    onSuccess: ({ me }) => {
      arrive(me);
    },
  });
  const form = useAppForm<LoginBody>(IDS, { email: '', password: '' });
  const { errors } = form.formState;
  const submit = form.send((body) => {
    if (!signingIn.isPending) signingIn.mutate({ ...body, email: body.email.trim() });
  });
  return (
    <FormPage title="Sign in" lede="For your tickets on every device, and for organizers.">
      <form noValidate onSubmit={submit}>
        <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
        {signingIn.isError && <ErrorPanel error={signingIn.error} />}
        <Field
          {...form.register('email', { required: words.emailMissing })}
          id={IDS.email}
          label="E-mail"
          type="email"
          inputMode="email"
          autoComplete="username"
          error={errors.email?.message}
        />
        <Field
          {...form.register('password', { required: words.passwordMissing })}
          id={IDS.password}
          label="Password"
          type="password"
          autoComplete="current-password"
          error={errors.password?.message}
        />
        <Button type="submit" wide busy={signingIn.isPending ? 'Signing in…' : null}>
          Sign in
        </Button>
      </form>
      <p>
        New here?{' '}
        <Link to={{ pathname: paths.signUp, search: search.toString() }}>Make an account</Link>
      </p>
      <p className="muted">
        You need no account to buy: <Link to={paths.findOrder}>find your order by e-mail</Link>.
      </p>
    </FormPage>
  );
}
