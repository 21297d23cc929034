import { useArea } from './area';
import type { Ability } from './permissions';

/** Whether the reader may do this at this organizer. */
export function useMay(ability: Ability): boolean {
  return useArea().permissions.includes(ability);
}
