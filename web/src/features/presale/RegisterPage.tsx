import { useQuery } from '@tanstack/react-query';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { eventQuery } from '~/shared/offers/queries';
import { paths } from '~/shared/paths';
import { ButtonLink } from '~/shared/ui/Button';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { StatusPage } from '~/shared/ui/StatusPage';
import { RegisterForm } from './RegisterForm';

function closedTexts({ presale, timezone }: EventPage): readonly [title: string, text: string] {
  if (presale?.state === 'not_yet') {
    const opens = dateTimeText(presale.opens_at, timezone);
    return ['Registration is not open yet', `It opens ${opens}.`];
  }
  if (presale == null) {
    return ['There is no early access', 'This event is sold to everybody at the same time.'];
  }
  return ['Registration has closed', 'Who has registered hears from us by mail.'];
}

function Closed({ event }: { event: EventPage }) {
  const [title, text] = closedTexts(event);
  return (
    <StatusPage
      title={title}
      actions={
        <ButtonLink to={paths.event(event.organizer.slug, event.slug)}>{event.title}</ButtonLink>
      }
    >
      <p>{text}</p>
    </StatusPage>
  );
}

/** Where one registers for early access to an event. */
export function RegisterPage({ organizer, slug }: { organizer: string; slug: string }) {
  const read = useQuery(eventQuery(organizer, slug));
  if (read.isPending) {
    return (
      <div className="wrap problem">
        <Loading label="Loading the registration">
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
  const { presale } = read.data;
  if (presale?.state !== 'open') return <Closed event={read.data} />;
  return <RegisterForm event={read.data} presale={presale} />;
}
