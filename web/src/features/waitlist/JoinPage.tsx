import { useQuery } from '@tanstack/react-query';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { StatusPage } from '~/shared/ui/StatusPage';
import { JoinForm } from './JoinForm';
import { eventQuery } from '~/shared/offers/queries';

/** Where one joins the waiting list of an event. */
export function JoinPage({ organizer, slug }: { organizer: string; slug: string }) {
  const read = useQuery(eventQuery(organizer, slug));
  if (read.isPending) {
    return (
      <div className="wrap problem">
        <Loading label="Loading the waiting list">
          <Skeleton height={64} width="60%" />
          <br />
          <Skeleton height={320} />
        </Loading>
      </div>
    );
  }
  if (read.data === undefined) {
    return <ProblemPage error={read.error} onRetry={() => void read.refetch()} />;
  }
  if (read.data.waitlist_open !== true) {
    return (
      <StatusPage
        title="There is no waiting list"
        actions={<ButtonLink to={paths.event(organizer, slug)}>{read.data.title}</ButtonLink>}
      >
        <p>This event takes nobody onto a waiting list right now.</p>
      </StatusPage>
    );
  }
  return <JoinForm event={read.data} />;
}
