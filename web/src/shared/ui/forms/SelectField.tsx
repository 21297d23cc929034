import { forwardRef, useId, type ReactNode, type SelectHTMLAttributes } from 'react';
import { Icon } from '~/shared/icons/Icon';
import styles from './Field.module.css';

interface SelectFieldProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className'> {
  label: string;
  hint?: string;
  error?: string | undefined;
  children: ReactNode;
}

/** A native choice with its label above. Takes what react-hook-form's `register` returns. */
export const SelectField = forwardRef<HTMLSelectElement, SelectFieldProps>(function SelectField(
  { label, hint, error, id: givenId, children, ...rest },
  ref,
) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const told = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`];
  return (
    <div className={styles.stack}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {hint !== undefined && (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <select
        {...rest}
        ref={ref}
        id={id}
        className="box"
        aria-invalid={error !== undefined}
        aria-describedby={told.filter(Boolean).join(' ') || undefined}
      >
        {children}
      </select>
      {error !== undefined && (
        <p className={styles.error} id={`${id}-error`}>
          <Icon name="alert" size={18} />
          {error}
        </p>
      )}
    </div>
  );
});
