import styles from './Segments.module.css';

interface SegmentsProps<T extends string> {
  legend: string;
  name: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onPick: (value: T) => void;
}

/** Two to four alternatives side by side. */
export function Segments<T extends string>(props: SegmentsProps<T>) {
  const { legend, name, value, options, onPick } = props;
  return (
    <fieldset className={styles.group}>
      <legend className="vh">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.segment}>
          <input
            type="radio"
            className="vh"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => {
              onPick(option.value);
            }}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
