import { useState } from 'react';
import { Button } from '~/shared/ui/Button';
import { Field } from '~/shared/ui/forms/Field';
import styles from './Codes.module.css';

interface CodeEntryProps {
  id: string;
  /** "Voucher": what the code is of. */
  name: string;
  error: Error | null;
  isBusy: boolean;
  onApply: (code: string) => void;
}

/** A small form for a code. */
export function CodeEntry({ id, name, error, isBusy, onApply }: CodeEntryProps) {
  const [code, setCode] = useState('');
  return (
    <form
      className={styles.entry}
      noValidate
      aria-label={name}
      onSubmit={(submit) => {
        submit.preventDefault();
        if (code.trim() !== '') onApply(code.trim());
      }}
    >
      <Field
        id={id}
        label={`${name} code`}
        autoComplete="off"
        maxLength={64}
        error={error?.message}
        onChange={({ target }) => {
          setCode(target.value);
        }}
      />
      <Button type="submit" look="line" busy={isBusy ? 'Looking…' : null}>
        Apply
      </Button>
    </form>
  );
}
