import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { ScanView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Glyph } from '~/shared/organizer/Glyph';
import { Page } from '~/shared/organizer/Page';
import { paths } from '~/shared/paths';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import type { Shown } from './attempts';
import { CodeBar } from './CodeBar';
import { Log } from './Log';
import { totalsQuery } from './queries';
import styles from './Scan.module.css';
import { ScanSettings } from './ScanSettings';
import { useGate, useSilence } from './settings';
import { buzz, playSound, type Signal } from './signals';
import { Totals } from './Totals';
import { Unsent } from './Unsent';
import { useScanner } from './useScanner';
import { useWedge } from './useWedge';
import { Verdict } from './Verdict';

const Camera = lazy(() => import('./Camera'));

function signalOf(shown: Shown | null): Signal | null {
  if (shown === null || shown.kind === 'checking') return null;
  return shown.kind === 'verdict' ? shown.outcome.view.verdict : 'unsure';
}

/** One sound and one buzz for each thing shown. */
function useSignals(shown: Shown | null, isSilent: boolean): void {
  const signal = signalOf(shown);
  const key = shown === null ? '' : `${shown.nonce} ${shown.kind}`;
  useEffect(() => {
    if (signal === null) return;
    buzz(signal);
    if (!isSilent) playSound(signal);
    // A changed setting makes no sound: only what is newly shown does.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, signal]);
}

/** Counts the guest in before the next look at the server. */
function useCounting(eventId: string): (view: ScanView) => void {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  return useCallback(
    (view) => {
      if (view.verdict !== 'admitted') return;
      queryClient.setQueryData(totalsQuery(slug, eventId).queryKey, (known) =>
        known === undefined ? known : { ...known, admitted: known.admitted + 1 },
      );
    },
    [queryClient, slug, eventId],
  );
}

function Eye({ onCode }: { onCode: (code: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <div className={styles.eye}>
        <button
          type="button"
          className={`btn btn-main ${styles.open ?? ''}`}
          onClick={() => {
            setOpen(true);
          }}
        >
          <Glyph name="camera" size={24} /> Open camera
        </button>
        <p className="muted">Hand scanners and typed codes work at any time.</p>
      </div>
    );
  }
  return (
    <Suspense
      fallback={
        <Loading label="Starting the camera">
          <Skeleton height={320} />
        </Loading>
      }
    >
      <Camera
        onCode={onCode}
        onClose={() => {
          setOpen(false);
        }}
      />
    </Suspense>
  );
}

/** The door: a code in, one answer out. */
export function ScanDesk({ eventId, title }: { eventId: string; title: string }) {
  const { slug } = useArea();
  const [gate, setGate] = useGate();
  const [isSilent, toggleSilence] = useSilence();
  const scanner = useScanner(slug, useCounting(eventId));
  const { shown, unsent, log } = scanner.state;
  useSignals(shown, isSilent);
  const check = (code: string) => {
    scanner.scan({ code: code.trim(), eventId, gate: gate.trim() });
  };
  useWedge(check);
  return (
    <Page title={title} back={{ to: paths.scan(slug), label: 'Another event' }}>
      <div className={styles.desk} data-full="">
        <div className={styles.left}>
          <Eye onCode={check} />
          <Unsent unsent={unsent} onSend={scanner.sendAll} />
        </div>
        <div className={styles.right}>
          <Totals eventId={eventId} />
          <ScanSettings
            gate={gate}
            onGate={setGate}
            isSilent={isSilent}
            onSilence={toggleSilence}
          />
          <Log log={log} />
        </div>
      </div>
      <CodeBar onCode={check} />
      <Verdict shown={shown} onClear={scanner.clear} />
    </Page>
  );
}
