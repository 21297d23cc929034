import { Outlet, useParams } from 'react-router';
import { AreaProvider } from '~/shared/organizer/area';
import { Page } from '~/shared/organizer/Page';
import { paths } from '~/shared/paths';
import { useSession } from '~/shared/state/session';
import { ButtonLink } from '~/shared/ui/Button';
import { Panel } from '~/shared/ui/Panel';

function NotAMember({ organizer, email }: { organizer: string; email: string }) {
  return (
    <Page title="Not your organizer">
      <Panel tone="careful" icon="user" title={`You are not in the team of “${organizer}”`}>
        <p>
          If you should be, ask one of its owners to add <bdi>{email}</bdi>. If the address is
          mistyped, choose from your own organizers.
        </p>
        <ButtonLink to={paths.organizerHome} look="line">
          My organizers
        </ButtonLink>
      </Panel>
    </Page>
  );
}

/** Below this, `useArea` knows the organizer. */
export function Component() {
  const { organizer = '' } = useParams();
  const { me } = useSession();
  if (me === null) return null;
  const membership = me.organizers.find(({ slug }) => slug === organizer);
  if (membership === undefined) {
    return <NotAMember organizer={organizer} email={me.user.email} />;
  }
  return (
    <AreaProvider value={membership}>
      <Outlet key={organizer} />
    </AreaProvider>
  );
}
