import { Trouble } from '~/shared/organizer/Trouble';
import { Question } from '~/shared/ui/forms/Question';
import type { Change } from './useChange';

interface DeleteDialogProps {
  isOpen: boolean;
  name: string;
  change: Change;
  onDelete: () => void;
  onClose: () => void;
}

/** Deleting cannot be taken back, so it asks; keeping is one key away. */
export function DeleteDialog({ isOpen, name, change, onDelete, onClose }: DeleteDialogProps) {
  return (
    <Question
      isOpen={isOpen}
      title={`Delete “${name}”?`}
      onClose={onClose}
      stay="Keep it"
      go="Delete"
      going="Deleting…"
      isGoing={change.isPending}
      onGo={onDelete}
    >
      {change.error === null ? (
        <p>Possible while no order holds it. To only stop selling, take it off sale instead.</p>
      ) : (
        <Trouble error={change.error} />
      )}
    </Question>
  );
}
