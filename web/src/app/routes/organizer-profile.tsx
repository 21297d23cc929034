import { useParams, type LoaderFunctionArgs } from 'react-router';
import { OrganizerProfile } from '~/features/discover/OrganizerProfile';
import { organizerEventsQuery, organizerQuery } from '~/features/discover/queries';
import { queryClient } from '~/shared/api/queryClient';
import { withBoot } from '~/shared/api/seed';

export function loader({ params }: LoaderFunctionArgs): null {
  const { organizer: slug = '' } = params;
  withBoot('organizer', (organizer) => {
    queryClient.setQueryData(organizerQuery(slug).queryKey, organizer);
    withBoot('discover', ({ items }) => {
      queryClient.setQueryData(organizerEventsQuery(slug).queryKey, items);
    });
  });
  return null;
}

export function Component() {
  const { organizer = '' } = useParams();
  return <OrganizerProfile slug={organizer} />;
}
