import { useMutation } from '@tanstack/react-query';
import { Link, useLocation, useSearchParams } from 'react-router';
import { register as registerAccount } from '~/shared/api/generated/boxoffice';
import type { RegisterBody } from '~/shared/api/generated/boxoffice.schemas';
import { paths } from '~/shared/paths';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { FormPage } from '~/shared/ui/forms/FormPage';
import { placeProblem } from '~/shared/ui/forms/mistakes';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { Panel } from '~/shared/ui/Panel';
import { SIGN_UP_IDS, SignUpFields } from './SignUpFields';

/** Nobody signs in before the address has proved to be theirs; the answer is the same for a known address. */
function CheckMail({ email }: { email: string }) {
  const [search] = useSearchParams();
  return (
    <FormPage title="One more step">
      <Panel tone="good" role="status" icon="mail">
        <p>We mailed a link to {email}. Open it to confirm the address, then sign in.</p>
      </Panel>
      <ButtonLink to={{ pathname: paths.signIn, search: search.toString() }}>Sign in</ButtonLink>
    </FormPage>
  );
}

export function SignUp() {
  const [search] = useSearchParams();
  const { state } = useLocation() as { state: Partial<RegisterBody> | null };
  const form = useAppForm<RegisterBody>(SIGN_UP_IDS, {
    name: state?.name ?? '',
    email: state?.email ?? '',
    password: '',
  });
  const signingUp = useMutation({
    mutationFn: (body: RegisterBody) => registerAccount(body),
    onError: (error) => {
      placeProblem(error, ['email', 'name', 'password'], form.setError);
    },
  });
  if (signingUp.isSuccess) return <CheckMail email={signingUp.variables.email} />;
  const submit = form.send((body) => {
    if (!signingUp.isPending) signingUp.mutate({ ...body, email: body.email.trim() });
  });
  return (
    <FormPage
      title="Make an account"
      lede="Keeps your tickets together, and lets you sell your own."
    >
      <form noValidate onSubmit={submit}>
        <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
        {signingUp.isError && <ErrorPanel error={signingUp.error} />}
        <SignUpFields register={form.register} errors={form.formState.errors} />
        <Button type="submit" wide busy={signingUp.isPending ? 'Making your account…' : null}>
          Make an account
        </Button>
      </form>
      <p>
        Been here before?{' '}
        <Link to={{ pathname: paths.signIn, search: search.toString() }}>Sign in</Link>
      </p>
    </FormPage>
  );
}
