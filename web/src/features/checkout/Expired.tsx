import type { OrderView } from '~/shared/api/generated/boxoffice.schemas';
import { hasStatus } from '~/shared/api/problems';
import { paths } from '~/shared/paths';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Panel } from '~/shared/ui/Panel';
import { useSameAgain } from './useSameAgain';
import { words } from './words';

/** The hold is over: one press asks for the same tickets, and nothing typed is lost. */
export function Expired({ order }: { order: OrderView }) {
  const again = useSameAgain(order);
  if (again.isError && hasStatus(again.error, 409)) {
    return (
      <Panel tone="careful" title={words.goneTitle} role="alert">
        <p>{again.error.message}</p>
        <ButtonLink to={paths.event(order.organizer_slug, order.event_slug)}>
          See what is left
        </ButtonLink>
      </Panel>
    );
  }
  return (
    <>
      <Panel tone="careful" title={words.expiredTitle} role="alert">
        <p>{words.expired}</p>
        <Button
          busy={again.isPending ? words.againBusy : null}
          onClick={() => {
            again.mutate();
          }}
        >
          {words.again}
        </Button>
      </Panel>
      {again.isError && <ErrorPanel error={again.error} />}
    </>
  );
}
