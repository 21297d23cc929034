import type { ReactNode } from 'react';
import { Button } from '~/shared/ui/Button';
import { Dialog } from './Dialog';

interface QuestionProps {
  isOpen?: boolean;
  title: string;
  /** What follows from it, or why it did not work. */
  children: ReactNode;
  stay: string;
  go: string;
  /** What the button says while it happens. */
  going: string;
  isGoing: boolean;
  onGo: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be taken back; leaving things as they are is one key away. */
export function Question({
  isOpen = true,
  title,
  children,
  stay,
  go,
  going,
  isGoing,
  onGo,
  onClose,
}: QuestionProps) {
  return (
    <Dialog
      isOpen={isOpen}
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button wide onClick={onClose}>
            {stay}
          </Button>
          <Button look="line" wide busy={isGoing ? going : null} onClick={onGo}>
            {go}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
