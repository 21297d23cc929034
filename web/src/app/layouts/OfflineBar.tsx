import { useSyncExternalStore } from 'react';
import { Icon } from '~/shared/icons/Icon';
import styles from './OfflineBar.module.css';

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** `waits` says what cannot be done meanwhile. */
export function OfflineBar({ waits = 'buying waits until you are back' }: { waits?: string }) {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!isOnline && (
        <p className={styles.bar}>
          <Icon name="offline" size={18} />
          You are offline. You see what was loaded before; {waits}.
        </p>
      )}
    </div>
  );
}
