import { useState } from 'react';
import { Glyph } from '~/shared/organizer/Glyph';
import styles from './Scan.module.css';

/** Not in the language's own types: only some cameras have a light. */
interface LightTrack {
  getCapabilities?: () => { torch?: boolean };
  applyConstraints: (wish: { advanced: { torch: boolean }[] }) => Promise<void>;
}

/** The light of the camera, where it has one. */
export function Torch({ stream }: { stream: MediaStream }) {
  const [isOn, setOn] = useState(false);
  const track = stream.getVideoTracks()[0] as unknown as LightTrack | undefined;
  if (track?.getCapabilities?.().torch !== true) return null;
  return (
    <button
      type="button"
      className={styles.tool}
      aria-pressed={isOn}
      onClick={() => {
        track.applyConstraints({ advanced: [{ torch: !isOn }] }).then(
          () => {
            setOn(!isOn);
          },
          () => undefined,
        );
      }}
    >
      <Glyph name="torch" /> Light
    </button>
  );
}
