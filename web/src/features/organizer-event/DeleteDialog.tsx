import { Trouble } from '~/shared/organizer/Trouble';
import { Button } from '~/shared/ui/Button';
import { Dialog } from '~/shared/ui/forms/Dialog';
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
    <Dialog
      isOpen={isOpen}
      title={`Delete “${name}”?`}
      onClose={onClose}
      actions={
        <>
          <Button wide onClick={onClose}>
            Keep it
          </Button>
          <Button look="line" wide busy={change.isPending ? 'Deleting…' : null} onClick={onDelete}>
            Delete
          </Button>
        </>
      }
    >
      {change.error === null ? (
        <p>Possible while no order holds it. To only stop selling, take it off sale instead.</p>
      ) : (
        <Trouble error={change.error} />
      )}
    </Dialog>
  );
}
