import FormControl from '@mui/material/FormControl';
import InputBase, { type InputBaseProps } from '@mui/material/InputBase';
import { forwardRef, useId, type ReactNode } from 'react';
import { Icon } from '~/shared/icons/Icon';
import styles from './Field.module.css';

type Native = Pick<
  InputBaseProps,
  'name' | 'autoComplete' | 'onBlur' | 'onChange' | 'placeholder' | 'readOnly' | 'defaultValue'
>;

interface FieldProps extends Native {
  label: string;
  type?:
    | 'text'
    | 'email'
    | 'password'
    | 'search'
    | 'url'
    | 'number'
    | 'date'
    | 'time'
    | 'datetime-local';
  /** Helps before a mistake is made. */
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  /** Lines of a text area; a single-line input without it. */
  rows?: number;
  id?: string;
  inputMode?: 'text' | 'email' | 'numeric' | 'url';
  maxLength?: number;
}

function Hint({ id, children }: { id: string; children: ReactNode }) {
  if (children === undefined) return null;
  return (
    <div className={styles.hint} id={id}>
      {children}
    </div>
  );
}

function Mistake({ id, message }: { id: string; message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <p className={styles.error} id={id}>
      <Icon name="alert" size={18} />
      {message}
    </p>
  );
}

function describedBy(id: string, hint: ReactNode, error: string | undefined): string | undefined {
  const ids = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`];
  return ids.filter(Boolean).join(' ') || undefined;
}

/** A text input with its label above and its mistake below. Takes what react-hook-form's `register` returns. */
export const Field = forwardRef<HTMLInputElement, FieldProps>(function Field(
  { label, hint, error, optional = false, rows, id: givenId, inputMode, maxLength, ...rest },
  ref,
) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const isWrong = error !== undefined;
  return (
    <FormControl fullWidth error={isWrong}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {optional && <span className={styles.optional}> (optional)</span>}
      </label>
      <Hint id={`${id}-hint`}>{hint}</Hint>
      <InputBase
        {...rest}
        {...(rows !== undefined && { multiline: true, minRows: rows })}
        id={id}
        inputRef={ref}
        inputProps={{
          inputMode,
          maxLength,
          'aria-describedby': describedBy(id, hint, error),
          'aria-required': !optional,
        }}
      />
      <Mistake id={`${id}-error`} message={error} />
    </FormControl>
  );
});
