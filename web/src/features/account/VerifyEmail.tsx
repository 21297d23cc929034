import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { verifyEmail } from '~/shared/api/generated/boxoffice';
import { isUncertain } from '~/shared/api/problems';
import { paths } from '~/shared/paths';
import { useSession } from '~/shared/state/session';
import { ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { StatusPage } from '~/shared/ui/StatusPage';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';

/** A link's token is good once: asked at most once, whatever re-renders. */
function verification(token: string) {
  return {
    queryKey: ['verify-email', token],
    queryFn: () => verifyEmail({ token }),
    staleTime: Infinity,
    retry: false,
    refetchOnReconnect: false,
  };
}

export function VerifyEmail() {
  const [search] = useSearchParams();
  const session = useSession();
  const verifying = useQuery(verification(search.get('token') ?? ''));
  if (verifying.isPending) {
    return (
      <div className="wrap problem">
        <Loading label="Confirming your address">
          <Skeleton height={64} width="70%" />
        </Loading>
      </div>
    );
  }
  if (verifying.isError) {
    return (
      <StatusPage
        title="This link does not work"
        actions={<ButtonLink to={paths.signIn}>Sign in</ButtonLink>}
      >
        <ErrorPanel
          error={verifying.error}
          {...(isUncertain(verifying.error) && { onRetry: () => void verifying.refetch() })}
        />
      </StatusPage>
    );
  }
  const isIn = session.status === 'member';
  return (
    <StatusPage
      title="Address confirmed"
      actions={
        <ButtonLink to={isIn ? paths.myTickets : paths.signIn}>
          {isIn ? 'My tickets' : 'Sign in'}
        </ButtonLink>
      }
    >
      <p>Thank you. {verifying.data.user.email} is yours.</p>
    </StatusPage>
  );
}
