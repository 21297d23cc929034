import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useId } from 'react';
import styles from './Choices.module.css';

interface ChoicesProps {
  legend: string;
  name: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onPick: (value: string) => void;
}

/** A few alternatives, one of which holds: each a row that can be pressed anywhere. */
export function Choices({ legend, name, value, options, onPick }: ChoicesProps) {
  const id = useId();
  return (
    <div>
      <p className={styles.legend} id={id}>
        {legend}
      </p>
      <RadioGroup
        aria-labelledby={id}
        name={name}
        value={value}
        className={styles.group}
        onChange={(_, picked) => {
          onPick(picked);
        }}
      >
        {options.map((option) => (
          <label key={option.value} className={styles.choice}>
            <Radio value={option.value} />
            <span>{option.label}</span>
          </label>
        ))}
      </RadioGroup>
    </div>
  );
}
