import { Icon } from '~/shared/icons/Icon';
import { useNotices, useNoticesDispatch, type Notice } from '~/shared/state/notices';
import styles from './NoticeStack.module.css';

/** Leaves when its CSS life ends, which pauses under the pointer or the focus. */
function NoticeCard({ notice }: { notice: Notice }) {
  const dispatch = useNoticesDispatch();
  const dismiss = () => {
    dispatch({ type: 'dismissed', id: notice.id });
  };
  return (
    <div
      className={styles.card}
      onAnimationEnd={(end) => {
        if (end.animationName === styles.life) dismiss();
      }}
    >
      {notice.tone !== 'plain' && <Icon name={notice.tone === 'good' ? 'check' : 'alert'} />}
      <p>{notice.text}</p>
      <button type="button" aria-label="Dismiss" onClick={dismiss}>
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
