import { useEffect } from 'react';
import { useParams, type LoaderFunctionArgs } from 'react-router';
import { Event } from '~/features/event/Event';
import { eventQuery } from '~/shared/offers/queries';
import { queryClient } from '~/shared/api/queryClient';
import { withBoot } from '~/shared/api/seed';

export function loader({ params }: LoaderFunctionArgs): null {
  const query = eventQuery(params.organizer ?? '', params.event ?? '');
  withBoot('event', (event) => {
    queryClient.setQueryData(query.queryKey, event);
  });
  return null;
}

/** With the first press or key the checkout's code starts to load, beside the call that holds the tickets. */
function useWarmCheckout() {
  useEffect(() => {
    const warm = () => {
      void Promise.allSettled([import('../layouts/FormsLayout'), import('./checkout')]);
    };
    window.addEventListener('pointerdown', warm, { once: true });
    window.addEventListener('keydown', warm, { once: true });
    return () => {
      window.removeEventListener('pointerdown', warm);
      window.removeEventListener('keydown', warm);
    };
  }, []);
}

export function Component() {
  const { organizer = '', event = '' } = useParams();
  useWarmCheckout();
  return <Event organizer={organizer} slug={event} />;
}
