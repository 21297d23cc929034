import type { ReactNode } from 'react';
import styles from './Policy.module.css';

interface TickProps {
  isOn: boolean;
  onSwitch: (isOn: boolean) => void;
  children: ReactNode;
}

/** A yes or no that is saved at once. */
export function Tick({ isOn, onSwitch, children }: TickProps) {
  return (
    <label className={styles.tick}>
      <input
        type="checkbox"
        checked={isOn}
        onChange={(change) => {
          onSwitch(change.target.checked);
        }}
      />
      <span>{children}</span>
    </label>
  );
}
