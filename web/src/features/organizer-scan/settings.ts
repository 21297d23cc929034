import { useState } from 'react';
import { kept } from '~/shared/state/storage';

const GATE = 'boxoffice.gate';
const SILENT = 'boxoffice.scan.silent';

/** The name of this entrance; the device remembers it. */
export function useGate(): [string, (gate: string) => void] {
  const [gate, setGate] = useState(() => {
    const known = kept.read(GATE);
    return typeof known === 'string' ? known : '';
  });
  return [
    gate,
    (name) => {
      setGate(name);
      kept.write(GATE, name.trim() === '' ? null : name);
    },
  ];
}

export function useSilence(): [boolean, () => void] {
  const [isSilent, setSilent] = useState(() => kept.read(SILENT) === true);
  return [
    isSilent,
    () => {
      setSilent(!isSilent);
      kept.write(SILENT, isSilent ? null : true);
    },
  ];
}
