import { useMutation } from '@tanstack/react-query';
import { Link, useLocation, useSearchParams } from 'react-router';
import { logIn, register as registerAccount } from '~/shared/api/generated/boxoffice';
import type { MeView, RegisterBody } from '~/shared/api/generated/boxoffice.schemas';
import { paths } from '~/shared/paths';
import { useTell } from '~/shared/state/notices';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { FormPage } from '~/shared/ui/forms/FormPage';
import { placeProblem } from '~/shared/ui/forms/mistakes';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { Panel } from '~/shared/ui/Panel';
import { SIGN_UP_IDS, SignUpFields } from './SignUpFields';
import { useArrival } from './useArrival';
import { words } from './words';

/** Makes the account and signs in; where signing in must wait for the mail, says so. */
async function signUp(body: RegisterBody): Promise<MeView | null> {
  await registerAccount(body);
  try {
    return (await logIn({ email: body.email, password: body.password })).me;
  } catch {
    return null;
  }
}

function CheckMail({ email }: { email: string }) {
  const [search] = useSearchParams();
  return (
    <FormPage title="One more step">
      <Panel tone="good" role="status" icon="mail">
        <p>We mailed a link to {email}. Open it, then sign in.</p>
      </Panel>
      <ButtonLink to={{ pathname: paths.signIn, search: search.toString() }}>Sign in</ButtonLink>
    </FormPage>
  );
}

export function SignUp() {
  const arrive = useArrival();
  const tell = useTell();
  const [search] = useSearchParams();
  const { state } = useLocation() as { state: Partial<RegisterBody> | null };
  const form = useAppForm<RegisterBody>(SIGN_UP_IDS, {
    name: state?.name ?? '',
    email: state?.email ?? '',
    password: '',
  });
  const signingUp = useMutation({
    mutationFn: signUp,
    onSuccess: (me, { email }) => {
      if (me === null) return;
      tell('good', words.welcome(email));
      arrive(me);
    },
    onError: (error) => {
      placeProblem(error, ['email', 'name', 'password'], form.setError);
    },
  });
  if (signingUp.data === null) return <CheckMail email={signingUp.variables.email} />;
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
