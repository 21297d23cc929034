import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { assessApplication } from '~/shared/api/generated/boxoffice';
import type { ApplicationRow } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import styles from './Applications.module.css';
import { applicationsKey } from './queries';

const SCORES = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
const MOST_NOTE = 2_000;

type Assessment = Pick<ApplicationRow, 'score' | 'note'>;

function useAssessing(row: ApplicationRow) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (assessment: Assessment) => assessApplication(slug, row.order_id, assessment),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: applicationsKey(slug) }),
  });
}

/** What the team thinks of an application, never shown to who applied: the score is saved at once. */
export function Assess({ row }: { row: ApplicationRow }) {
  const assessing = useAssessing(row);
  const [note, setNote] = useState(row.note);
  const shown = assessing.isPending ? assessing.variables : row;
  return (
    <div className={styles.assess}>
      {assessing.isError && <Trouble error={assessing.error} />}
      <SelectField
        label={`Score of ${row.buyer_name}`}
        value={shown.score === null ? '' : String(shown.score)}
        onChange={(pick) => {
          const score = pick.target.value === '' ? null : Number(pick.target.value);
          assessing.mutate({ score, note: row.note });
        }}
      >
        <option value="">None yet</option>
        {SCORES.map((score) => (
          <option key={score} value={score}>
            {score} of 10
          </option>
        ))}
      </SelectField>
      <Field
        label={`Note about ${row.buyer_name}`}
        hint="Only your team sees it."
        optional
        rows={1}
        maxLength={MOST_NOTE}
        defaultValue={row.note}
        onChange={({ target }) => {
          setNote(target.value);
        }}
      />
      {note.trim() !== row.note && (
        <Button
          look="line"
          busy={assessing.isPending ? 'Saving…' : null}
          onClick={() => {
            assessing.mutate({ score: row.score, note: note.trim() });
          }}
        >
          Save note
        </Button>
      )}
    </div>
  );
}
