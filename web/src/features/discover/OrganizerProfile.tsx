import { useQuery } from '@tanstack/react-query';
import type { OrganizerView } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { ButtonLink } from '~/shared/ui/Button';
import { EmptyState } from '~/shared/ui/EmptyState';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { PageHeading } from '~/shared/ui/PageHeading';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { CardsSkeleton } from './CardsSkeleton';
import { EventCard } from './EventCard';
import { organizerEventsQuery, organizerQuery } from './queries';

function Upcoming({ organizer }: { organizer: OrganizerView }) {
  const events = useQuery(organizerEventsQuery(organizer.slug));
  if (events.isPending) return <CardsSkeleton />;
  if (events.isError)
    return <ErrorPanel error={events.error} onRetry={() => void events.refetch()} />;
  if (events.data.length === 0) {
    return (
      <EmptyState
        title="No date announced yet"
        action={<ButtonLink to="/">See what else is on</ButtonLink>}
      >
        <p>{organizer.name} has nothing on sale at the moment.</p>
      </EmptyState>
    );
  }
  return (
    <ul className="cards">
      {events.data.map((event) => (
        <EventCard key={event.slug} event={event} />
      ))}
    </ul>
  );
}

function ProfileSkeleton() {
  return (
    <div className="wrap">
      <div className="mast">
        <Loading label="Loading organizer">
          <Skeleton height={72} width="50%" />
        </Loading>
      </div>
    </div>
  );
}

export function OrganizerProfile({ slug }: { slug: string }) {
  const organizer = useQuery(organizerQuery(slug));
  if (organizer.isPending) return <ProfileSkeleton />;
  if (organizer.isError)
    return <ProblemPage error={organizer.error} onRetry={() => void organizer.refetch()} />;
  const { name, description, contact_email: email } = organizer.data;
  return (
    <div className="wrap">
      <div className="mast">
        <PageHeading title={name} />
        {description !== '' && <p className="lede">{description}</p>}
        {email !== null && (
          <div className="chips lede">
            <a className="btn btn-line" href={`mailto:${email}`}>
              <Icon name="mail" /> Write to {name}
            </a>
          </div>
        )}
      </div>
      <h2>Upcoming events</h2>
      <Upcoming organizer={organizer.data} />
    </div>
  );
}
