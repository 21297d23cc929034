import { Glyph } from '~/shared/organizer/Glyph';
import styles from './Scan.module.css';

interface ScanSettingsProps {
  gate: string;
  onGate: (gate: string) => void;
  isSilent: boolean;
  onSilence: () => void;
}

export function ScanSettings({ gate, onGate, isSilent, onSilence }: ScanSettingsProps) {
  return (
    <div className={styles.settings}>
      <label>
        <span className={styles.label}>Gate</span>
        <input
          className="box"
          type="text"
          placeholder="Main entrance"
          autoComplete="off"
          maxLength={100}
          value={gate}
          onChange={(change) => {
            onGate(change.target.value);
          }}
        />
      </label>
      <button type="button" className={styles.tool} aria-pressed={!isSilent} onClick={onSilence}>
        <Glyph name={isSilent ? 'mute' : 'sound'} /> Sound
      </button>
    </div>
  );
}
