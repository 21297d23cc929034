import { useState, type ReactNode } from 'react';
import { Button } from '~/shared/ui/Button';

interface OpenerProps {
  label: ReactNode;
  /** What takes the button's place, until it calls `close`. */
  children: (close: () => void) => ReactNode;
}

/** A button in whose place a form comes. */
export function Opener({ label, children }: OpenerProps) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) {
    return children(() => {
      setOpen(false);
    });
  }
  return (
    <div>
      <Button
        look="line"
        onClick={() => {
          setOpen(true);
        }}
      >
        {label}
      </Button>
    </div>
  );
}
