import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import type { MeView } from '~/shared/api/generated/boxoffice.schemas';
import { nextPath } from '~/shared/paths';
import { useSessionDispatch } from '~/shared/state/session';

/** What happens once somebody is signed in: the app knows, personal data is read anew, the visit goes on. */
export function useArrival(): (me: MeView) => void {
  const dispatch = useSessionDispatch();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return (me) => {
    dispatch({ type: 'known', me });
    void queryClient.invalidateQueries({ queryKey: ['my-orders'] });
    void navigate(nextPath(search), { replace: true });
  };
}
