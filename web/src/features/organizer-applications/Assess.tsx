import { useMutation, useQueryClient } from '@tanstack/react-query';
import { assessApplication } from '~/shared/api/generated/boxoffice';
import type { ApplicationRow } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Trouble } from '~/shared/organizer/Trouble';
import { SelectField } from '~/shared/ui/forms/SelectField';
import styles from './Applications.module.css';
import { applicationsKey } from './queries';

const SCORES = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0];

/** What the team thinks of an application; saved at once, and never shown to who applied. */
export function Assess({ row }: { row: ApplicationRow }) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const scoring = useMutation({
    mutationFn: (score: number | null) =>
      assessApplication(slug, row.order_id, { score, note: row.note }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: applicationsKey(slug) }),
  });
  const shown = scoring.isPending ? scoring.variables : row.score;
  return (
    <div className={styles.assess}>
      {scoring.isError && <Trouble error={scoring.error} />}
      <SelectField
        label={`Score of ${row.buyer_name}`}
        value={shown === null ? '' : String(shown)}
        onChange={(pick) => {
          scoring.mutate(pick.target.value === '' ? null : Number(pick.target.value));
        }}
      >
        <option value="">None yet</option>
        {SCORES.map((score) => (
          <option key={score} value={score}>
            {score} of 10
          </option>
        ))}
      </SelectField>
    </div>
  );
}
