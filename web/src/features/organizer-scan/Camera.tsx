import { useEffect, useRef, useState } from 'react';
import { Icon } from '~/shared/icons/Icon';
import { Panel } from '~/shared/ui/Panel';
import styles from './Scan.module.css';
import { Torch } from './Torch';
import { useAwake } from './useAwake';
import { openCamera, watch } from './watch';
import { cameraText } from './words';

interface CameraProps {
  onCode: (code: string) => void;
  onClose: () => void;
}

/** The camera with the reader on it. Loaded only when somebody opens it. */
export default function Camera({ onCode, onClose }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const report = useRef(onCode);
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useAwake();
  useEffect(() => {
    report.current = onCode;
  }, [onCode]);
  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    const run = async () => {
      const opened = await openCamera(signal);
      const element = video.current;
      if (element === null || signal.aborted) return;
      setStream(opened);
      element.srcObject = opened;
      await element.play();
      await watch(element, signal, (code) => {
        report.current(code);
      });
    };
    run().catch((error: unknown) => {
      if (!signal.aborted) setProblem(cameraText(error));
    });
    return () => {
      closing.abort();
    };
  }, []);
  return (
    <div className={styles.camera}>
      <video ref={video} muted playsInline aria-label="Camera picture" />
      {problem === null ? (
        <span className={styles.aim} aria-hidden="true" />
      ) : (
        <div className={styles.cameraProblem}>
          <Panel tone="bad" role="alert">
            <p>{problem}</p>
          </Panel>
        </div>
      )}
      <div className={styles.cameraTools}>
        {stream !== null && <Torch stream={stream} />}
        <button type="button" className={styles.tool} onClick={onClose}>
          <Icon name="cross" /> Close camera
        </button>
      </div>
    </div>
  );
}
