import { useMutation } from '@tanstack/react-query';
import { createSeries, previewSeries } from '~/shared/api/generated/boxoffice';
import type {
  ManagedEvent,
  SeriesBody,
  SeriesPreview,
} from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { Icon } from '~/shared/icons/Icon';
import { useArea } from '~/shared/organizer/area';
import { Opener } from '~/shared/ui/Opener';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { wallClock } from '~/shared/organizer/wallClock';
import styles from './Dates.module.css';
import { useDates } from './queries';
import { RepeatForm } from './RepeatForm';
import type { SeriesDraft } from './RepeatFields';
import { ruleOf } from './rule';

function bodyOf(draft: SeriesDraft): SeriesBody {
  return {
    rule: ruleOf(draft, draft.startsAt),
    starts_at: draft.startsAt,
    ends_at: draft.endsAt,
    excepted: draft.excepted.split(/[\s,;]+/).filter((day) => day !== ''),
  };
}

function Preview({ preview, zone }: { preview: SeriesPreview; zone: string }) {
  const count = preview.dates.length;
  return (
    <div role="status">
      <h3>
        {count === 1 ? 'One date' : `${String(count)} dates`}
        {preview.endless && ', and more as time passes'}
      </h3>
      <ul className={`num ${styles.preview ?? ''}`}>
        {preview.dates.map((date) => (
          <li key={date.slot}>
            {dateTimeText(date.starts_at, zone)}
            {date.shifted && ' (clocks change)'}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Editor({ event, onDone }: { event: ManagedEvent; onDone: () => void }) {
  const { slug } = useArea();
  const key = useOnceKey();
  const change = useDates(event.id);
  const preview = useMutation({
    mutationFn: (draft: SeriesDraft) => previewSeries(slug, event.id, bodyOf(draft)),
  });
  const save = (draft: SeriesDraft) => {
    change.mutate(() => createSeries(slug, event.id, bodyOf(draft), key.headers()), {
      onSettled: (_, error) => {
        key.settle(error ?? undefined);
      },
      onSuccess: onDone,
    });
  };
  const first = event.occurrences[0];
  const error = change.error ?? preview.error;
  return (
    <RepeatForm
      startsAt={first === undefined ? '' : wallClock(first.starts_at, event.timezone)}
      endsAt={first === undefined ? '' : wallClock(first.ends_at, event.timezone)}
      isSaving={change.isPending}
      isPreviewing={preview.isPending}
      onPreview={preview.mutate}
      onSave={save}
      onCancel={onDone}
      onEdit={preview.reset}
    >
      {preview.data !== undefined && <Preview preview={preview.data} zone={event.timezone} />}
      {error !== null && <Trouble error={error} />}
    </RepeatForm>
  );
}

/** Makes the event a series, seen before it is made. */
export function Repeat({ event }: { event: ManagedEvent }) {
  return (
    <section className={styles.section} aria-labelledby="repeat-title">
      <h2 id="repeat-title">Repeat</h2>
      <Opener
        label={
          <>
            <Icon name="plus" /> Repeat by a rule
          </>
        }
      >
        {(close) => <Editor event={event} onDone={close} />}
      </Opener>
    </section>
  );
}
