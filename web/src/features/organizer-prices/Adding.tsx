import { useState, type ReactNode } from 'react';
import { Icon } from '~/shared/icons/Icon';
import { Button } from '~/shared/ui/Button';

interface AddingProps {
  label: string;
  /** The form; it gets the way to close itself. */
  children: (close: () => void) => ReactNode;
}

/** A button that opens a form in its place. */
export function Adding({ label, children }: AddingProps) {
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
        <Icon name="plus" /> {label}
      </Button>
    </div>
  );
}
