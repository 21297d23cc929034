import { useParams, type LoaderFunctionArgs } from 'react-router';
import { Event } from '~/features/event/Event';
import { eventQuery } from '~/features/event/queries';
import { queryClient } from '~/shared/api/queryClient';
import { withBoot } from '~/shared/api/seed';

export function loader({ params }: LoaderFunctionArgs): null {
  const query = eventQuery(params.organizer ?? '', params.event ?? '');
  withBoot('event', (event) => {
    queryClient.setQueryData(query.queryKey, event);
  });
  return null;
}

export function Component() {
  const { organizer = '', event = '' } = useParams();
  return <Event organizer={organizer} slug={event} />;
}
