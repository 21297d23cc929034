import type { ReactNode } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import styles from './Ticks.module.css';

interface TicksProps {
  legend: string;
  /** What `form.register` returns for a list of texts. */
  field: UseFormRegisterReturn;
  /** Of the first box, so that a mistake leads there. */
  id: string;
  options: readonly { value: string; label: string; note?: ReactNode }[];
  error?: string | undefined;
}

/** Any number of several alternatives: each a row that can be pressed anywhere. */
export function Ticks({ legend, field, id, options, error }: TicksProps) {
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      {options.map(({ value, label, note }, index) => (
        <label key={value} className={styles.choice}>
          <input type="checkbox" value={value} {...(index === 0 && { id })} {...field} />
          <span>{label}</span>
          {note !== undefined && <span className="num muted">{note}</span>}
        </label>
      ))}
      {error !== undefined && <p className={styles.mistake}>{error}</p>}
    </fieldset>
  );
}
