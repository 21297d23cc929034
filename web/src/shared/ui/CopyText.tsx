import { useState } from 'react';
import { Icon } from '~/shared/icons/Icon';
import styles from './CopyText.module.css';

/** A code people may have to pass on, with a button that copies it. */
export function CopyText({ label, text }: { label: string; text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
      },
      () => {
        setCopied(false);
      },
    );
  };
  return (
    <p className={styles.line}>
      {label} <bdi className={styles.code}>{text}</bdi>
      <button type="button" className={styles.copy} onClick={copy}>
        <Icon name={isCopied ? 'check' : 'copy'} size={18} />
        <span className="vh">{isCopied ? `${label} copied` : `Copy ${label.toLowerCase()}`}</span>
      </button>
    </p>
  );
}
