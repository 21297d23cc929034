import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { uploadAnswerFile } from '~/shared/api/generated/boxoffice';
import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { asHolder } from '~/shared/api/headers';
import { sentenceOf } from '~/shared/api/problems';
import { Mistake, type FieldProps } from './QuestionField';
import styles from './Questions.module.css';

const PATIENCE_MS = 180_000;

interface FileFieldProps extends FieldProps {
  order: OrderView;
  /** The file that was uploaded before, if any. */
  known: string | undefined;
}

/** A file that answers a question: sent at once, checked by the server. */
export function FileField({ place, error, onChange, order, known }: FileFieldProps) {
  const { key, question } = place;
  const [name, setName] = useState(known);
  const upload = useMutation({
    mutationFn: (file: File) =>
      uploadAnswerFile(
        order.organizer_slug,
        order.id,
        { file },
        { ...asHolder(order.token), timeout: PATIENCE_MS },
      ),
    onSuccess: (file) => {
      setName(file.name);
      onChange(file.id);
    },
  });
  const refusal = upload.isError ? sentenceOf(upload.error) : error;
  return (
    <div className={styles.file}>
      <label htmlFor={key} className={styles.label}>
        {question.label}
        {question.required !== true && <span className="muted"> (optional)</span>}
      </label>
      <p className={styles.hint} id={`${key}-hint`}>
        {question.help !== undefined && question.help !== '' && `${question.help} `}
        PDF or a picture, up to 10 MB.
      </p>
      <input
        id={key}
        type="file"
        className="box"
        accept=".pdf,.jpg,.jpeg,.png,.webp"
        aria-describedby={`${key}-hint ${key}-error`}
        aria-invalid={refusal !== undefined}
        onChange={(change) => {
          const file = change.target.files?.[0];
          if (file !== undefined) upload.mutate(file);
        }}
      />
      <p role="status" className={styles.hint}>
        {upload.isPending ? 'Uploading…' : name === undefined ? '' : `Uploaded: ${name}`}
      </p>
      <Mistake id={`${key}-error`} message={refusal} />
    </div>
  );
}
