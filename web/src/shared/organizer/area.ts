import type { MembershipView } from '~/shared/api/generated/boxoffice.schemas';
import { strictContext } from '~/shared/state/strictContext';

/** The organizer whose pages are shown, and what the reader may do there. */
export const [AreaProvider, useArea] = strictContext<MembershipView>('AreaProvider');
