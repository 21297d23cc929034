import type { ReactNode } from 'react';
import { Icon } from '~/shared/icons/Icon';
import { Opener } from '~/shared/ui/Opener';

interface AddingProps {
  label: string;
  /** The form; it gets the way to close itself. */
  children: (close: () => void) => ReactNode;
}

/** A button with a plus, in whose place a form comes. */
export function Adding({ label, children }: AddingProps) {
  return (
    <Opener
      label={
        <>
          <Icon name="plus" /> {label}
        </>
      }
    >
      {children}
    </Opener>
  );
}
