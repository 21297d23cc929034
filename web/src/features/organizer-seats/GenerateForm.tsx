import { useMutation, useQueryClient } from '@tanstack/react-query';
import { generateSeatMap } from '~/shared/api/generated/boxoffice';
import type { GenerateSeatMapBody } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { wholeNumber } from '~/shared/organizer/prices';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { Button } from '~/shared/ui/Button';
import { ErrorSummary } from '~/shared/ui/forms/ErrorSummary';
import { Field } from '~/shared/ui/forms/Field';
import { useAppForm } from '~/shared/ui/forms/useAppForm';
import { Panel } from '~/shared/ui/Panel';
import { mapsKey } from '~/shared/organizer/seats/queries';
import styles from './Seats.module.css';

interface Draft {
  name: string;
  section: string;
  category: string;
  rows: string;
  seats: string;
  aisles: string;
  curvature: string;
}

const IDS: Record<keyof Draft, string> = {
  name: 'hall-name',
  section: 'hall-section',
  category: 'hall-category',
  rows: 'hall-rows',
  seats: 'hall-seats',
  aisles: 'hall-aisles',
  curvature: 'hall-curvature',
};
const BLANK: Draft = {
  name: '',
  section: 'Stalls',
  category: 'Standard',
  rows: '20',
  seats: '30',
  aisles: '',
  curvature: '0',
};

/** "10, 20" → [10, 20]. */
export function aislesOf(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .map(Number)
    .filter((place) => Number.isInteger(place) && place > 0);
}

export function bodyOf(draft: Draft): GenerateSeatMapBody {
  return {
    name: draft.name,
    stage: { x: 0, y: -60 },
    sections: [
      {
        name: draft.section,
        category: draft.category,
        rows: Number(draft.rows),
        seats: Number(draft.seats),
        aisles_after: aislesOf(draft.aisles),
        curvature: Number(draft.curvature),
        y: 60,
      },
    ],
  };
}

function useGenerate() {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const key = useOnceKey();
  return useMutation({
    mutationFn: (draft: Draft) => generateSeatMap(slug, bodyOf(draft), key.headers()),
    onSettled: (_, failed) => {
      key.settle(failed ?? undefined);
      return queryClient.invalidateQueries({ queryKey: mapsKey(slug) });
    },
  });
}

const within = (least: number, most: number) => (text: string) => {
  const number = wholeNumber(text, least);
  return (number !== null && number <= most) || `From ${String(least)} to ${String(most)}.`;
};

/** A hall of one section out of a few numbers. */
export function GenerateForm() {
  const form = useAppForm<Draft>(IDS, BLANK);
  const { mutate, isPending, error, data } = useGenerate();
  const { errors } = form.formState;
  const text = (name: keyof Draft, label: string) => (
    <Field
      {...form.register(name, { validate: (said) => said.trim() !== '' || 'Write something.' })}
      id={IDS[name]}
      label={label}
      autoComplete="off"
      error={errors[name]?.message}
    />
  );
  const number = (name: keyof Draft, label: string, least: number, most: number) => (
    <Field
      {...form.register(name, { validate: within(least, most) })}
      id={IDS[name]}
      label={label}
      inputMode="numeric"
      autoComplete="off"
      error={errors[name]?.message}
    />
  );
  return (
    <form
      className={styles.card}
      noValidate
      aria-labelledby="generate-title"
      onSubmit={form.send((draft) => {
        if (!isPending) mutate(draft);
      })}
    >
      <h2 id="generate-title">Make a section</h2>
      <ErrorSummary mistakes={form.mistakes} attempt={form.attempt} />
      {text('name', 'Name of the map')}
      <div className={styles.pair}>
        {text('section', 'Section')}
        {text('category', 'Price category')}
        {number('rows', 'Rows', 1, 500)}
        {number('seats', 'Seats in a row', 1, 500)}
      </div>
      <div className={styles.pair}>
        <Field
          {...form.register('aisles')}
          id={IDS.aisles}
          label="Aisles after seats"
          hint="Such as 10, 20."
          optional
          autoComplete="off"
        />
        {number('curvature', 'Curve in degrees', 0, 180)}
      </div>
      {error !== null && <Trouble error={error} />}
      {data !== undefined && (
        <Panel tone="good" role="status">
          <p>
            “{data.name}” has {data.seats.toLocaleString('en')} seats.
          </p>
        </Panel>
      )}
      <Button type="submit" look="line" busy={isPending ? 'Making it…' : null}>
        Make the map
      </Button>
    </form>
  );
}
