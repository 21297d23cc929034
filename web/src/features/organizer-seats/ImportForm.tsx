import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { importSeatMap } from '~/shared/api/generated/boxoffice';
import type { SeatMapView } from '~/shared/api/generated/boxoffice.schemas';
import { ApiError } from '~/shared/api/problems';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { Panel } from '~/shared/ui/Panel';
import { mapsKey } from '~/shared/organizer/seats/queries';
import styles from './Seats.module.css';

class NotJson extends Error {}

async function planIn(file: File): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await file.text()) as Record<string, unknown>;
  } catch {
    throw new NotJson();
  }
}

/** Everything that is wrong with a plan, each with its place in the file. */
function Report({ error }: { error: unknown }) {
  if (error instanceof NotJson) {
    return (
      <Panel tone="bad" role="alert">
        <p>This file is not JSON. A seating plan is a .json file.</p>
      </Panel>
    );
  }
  const errors = error instanceof ApiError ? error.problem.errors : [];
  if (errors.length === 0) return <Trouble error={error} />;
  return (
    <Panel tone="bad" role="alert" title="The plan cannot be used as it is">
      <ul className={styles.report}>
        {errors.map(({ pointer, message }) => (
          <li key={`${pointer} ${message}`}>
            <code>{pointer}</code> {message}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Imported({ map }: { map: SeatMapView }) {
  const notes = map.notes ?? [];
  return (
    <Panel tone="good" role="status" title={`“${map.name}” is imported`}>
      <p>
        {map.seats.toLocaleString('en')} seats in {String(map.categories.length)} categories.
      </p>
      {notes.length > 0 && (
        <ul className={styles.report}>
          {notes.map(({ path, message }) => (
            <li key={path}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** A seating plan out of a file. */
export function ImportForm() {
  const { slug } = useArea();
  const id = useId();
  const queryClient = useQueryClient();
  const key = useOnceKey();
  const [chosen, setChosen] = useState(0);
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: async (file: File) =>
      importSeatMap(slug, { plan: await planIn(file) }, key.headers()),
    onSettled: (_, failed) => {
      key.settle(failed ?? undefined);
      // The same file can be chosen again, mended.
      setChosen((times) => times + 1);
      return queryClient.invalidateQueries({ queryKey: mapsKey(slug) });
    },
  });
  return (
    <section className={styles.card} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>Import a seating plan</h2>
      <label htmlFor={id}>A .json file with zones, rows and seats</label>
      <input
        key={chosen}
        id={id}
        type="file"
        accept=".json,application/json"
        disabled={isPending}
        onChange={(change) => {
          const [file] = change.target.files ?? [];
          if (file !== undefined) mutate(file);
        }}
      />
      {isPending && <p role="status">Reading the plan…</p>}
      {error !== null && <Report error={error} />}
      {data !== undefined && <Imported map={data} />}
    </section>
  );
}
