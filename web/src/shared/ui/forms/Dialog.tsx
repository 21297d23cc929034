import MuiDialog from '@mui/material/Dialog';
import { useId, useRef, type ReactNode } from 'react';
import styles from './Dialog.module.css';

interface DialogProps {
  isOpen: boolean;
  title: string;
  children: ReactNode;
  actions: ReactNode;
  onClose: () => void;
}

/** Interrupts for a decision: one key takes the main action; Escape and the backdrop mean "not now". */
export function Dialog({ isOpen, title, children, actions, onClose }: DialogProps) {
  const id = useId();
  const buttons = useRef<HTMLDivElement>(null);
  const focusMain = () => {
    buttons.current?.querySelector('button')?.focus();
  };
  return (
    <MuiDialog
      open={isOpen}
      onClose={onClose}
      aria-labelledby={id}
      maxWidth="xs"
      fullWidth
      slotProps={{ transition: { onEntered: focusMain } }}
    >
      <h2 id={id}>{title}</h2>
      <div className={styles.body}>{children}</div>
      <div className={styles.actions} ref={buttons}>
        {actions}
      </div>
    </MuiDialog>
  );
}
