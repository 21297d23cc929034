import { useEffect, useState } from 'react';
import { Icon } from '~/shared/icons/Icon';
import { useNotices, useNoticesDispatch, type Notice } from '~/shared/state/notices';
import styles from './NoticeStack.module.css';

const SHOWN_MS = 8000;

function NoticeCard({ notice }: { notice: Notice }) {
  const dispatch = useNoticesDispatch();
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = window.setTimeout(() => {
      dispatch({ type: 'dismissed', id: notice.id });
    }, SHOWN_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [isHeld, notice.id, dispatch]);
  const hold = () => {
    setHeld(true);
  };
  const letGo = () => {
    setHeld(false);
  };
  return (
    <div
      className={styles.card}
      onMouseEnter={hold}
      onMouseLeave={letGo}
      onFocus={hold}
      onBlur={letGo}
    >
      {notice.tone !== 'plain' && <Icon name={notice.tone === 'good' ? 'check' : 'alert'} />}
      <p>{notice.text}</p>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => {
          dispatch({ type: 'dismissed', id: notice.id });
        }}
      >
        <Icon name="cross" size={18} />
      </button>
    </div>
  );
}

export function NoticeStack() {
  const { notices } = useNotices();
  return (
    <div className={styles.stack} role="status">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  );
}
