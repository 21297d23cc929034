import { useMutation } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { createOrganizer, getMe } from '~/shared/api/generated/boxoffice';
import type { CreateOrganizerBody, OrganizerView } from '~/shared/api/generated/boxoffice.schemas';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { paths } from '~/shared/paths';
import { useSessionDispatch } from '~/shared/state/session';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { placeProblem } from '~/shared/ui/forms/mistakes';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import styles from './Choose.module.css';
import { slugOf } from './slug';

interface Fields {
  name: string;
  slug: string;
}

const IDS = { name: 'organizer-name', slug: 'organizer-slug' };
const SLUG = {
  value: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  message: 'Use small letters, digits and hyphens.',
};

/** Makes the organizer, and waits until this browser knows that it is a member. */
function useMaking(onRefused: (error: unknown) => void) {
  const dispatch = useSessionDispatch();
  const navigate = useNavigate();
  const key = useOnceKey();
  return useMutation({
    mutationFn: async (body: CreateOrganizerBody): Promise<OrganizerView> => {
      const made = await createOrganizer(body, key.headers());
      dispatch({ type: 'known', me: await getMe() });
      return made;
    },
    onSuccess: ({ slug }) => {
      key.settle();
      void navigate(paths.organizerArea(slug));
    },
    onError: (error) => {
      key.settle(error);
      onRefused(error);
    },
  });
}

export function NewOrganizer() {
  const form = useAppForm<Fields>(IDS, { name: '', slug: '' });
  const making = useMaking((error) => {
    placeProblem(error, ['name', 'slug'], form.setError);
  });
  const { errors } = form.formState;
  const name = useWatch({ control: form.control, name: 'name' });
  const slug = useWatch({ control: form.control, name: 'slug' });
  const submit = form.send((fields) => {
    if (making.isPending) return;
    making.mutate({ name: fields.name.trim(), slug: fields.slug.trim() || null });
  });
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      {making.isError && <Trouble error={making.error} />}
      <Field
        {...form.register('name', {
          validate: (text) => text.trim() !== '' || 'Name the organizer.',
        })}
        id={IDS.name}
        label="Name of the organizer"
        hint="As buyers see it: a band, a club, a company, you."
        autoComplete="organization"
        maxLength={200}
        error={errors.name?.message}
      />
      <Field
        {...form.register('slug', {
          pattern: SLUG,
          validate: (text, { name: from }) =>
            text !== '' || slugOf(from) !== '' || 'Choose an address in Latin letters.',
        })}
        id={IDS.slug}
        label="Address"
        optional
        placeholder={slugOf(name)}
        maxLength={63}
        error={errors.slug?.message}
      />
      <p className={styles.address}>
        {window.location.host}/o/<b>{slug.trim() || slugOf(name) || '…'}</b>
      </p>
      <div>
        <Button type="submit" busy={making.isPending ? 'Setting up…' : null}>
          Create organizer
        </Button>
      </div>
    </form>
  );
}
