import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { findOrders } from '~/shared/api/generated/boxoffice';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { EMAIL } from '~/shared/ui/forms/mistakes';
import { Field } from '~/shared/ui/forms/Field';
import { FormPage } from '~/shared/ui/forms/FormPage';
import { Panel } from '~/shared/ui/Panel';
import { paths } from '~/shared/paths';

/** Mails the links of all orders of an address. Says the same whether there are any or not. */
export function FindOrder() {
  const finding = useMutation({ mutationFn: (email: string) => findOrders({ email }) });
  const { register, handleSubmit, formState } = useForm<{ email: string }>();
  if (finding.isSuccess) {
    return (
      <FormPage title="Look into your mail">
        <Panel tone="good" role="status" icon="mail">
          <p>{finding.data.message}</p>
        </Panel>
        <p className="muted">
          Nothing there after some minutes? Look into the spam folder, or try another address.
        </p>
        <div className="chips">
          <Button
            look="line"
            onClick={() => {
              finding.reset();
            }}
          >
            Try another address
          </Button>
          <ButtonLink look="text" to={paths.discover}>
            See what’s on
          </ButtonLink>
        </div>
      </FormPage>
    );
  }
  return (
    <FormPage
      title="Find my order"
      lede="We mail you the links to your orders: tickets, receipts and help."
    >
      <form
        noValidate
        onSubmit={(submit) =>
          void handleSubmit(({ email }) => {
            finding.mutate(email.trim());
          })(submit)
        }
      >
        <Field
          {...register('email', {
            required: 'Enter the e-mail address you bought with.',
            pattern: { value: EMAIL, message: 'Enter an e-mail address such as ana@example.org.' },
          })}
          label="E-mail you bought with"
          type="email"
          inputMode="email"
          autoComplete="email"
          error={formState.errors.email?.message}
        />
        {finding.isError && <ErrorPanel error={finding.error} />}
        <Button type="submit" wide busy={finding.isPending ? 'Sending…' : null}>
          Mail me my orders
        </Button>
      </form>
    </FormPage>
  );
}
