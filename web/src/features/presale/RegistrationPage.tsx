import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  confirmPresaleRegistration,
  withdrawPresaleRegistration,
} from '~/shared/api/generated/boxoffice';
import type {
  EarlyAccessView,
  PresaleRegistrationView,
} from '~/shared/api/generated/boxoffice.schemas';
import { dateTimeText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';
import { registrationQuery } from '~/shared/offers/useEarlyAccess';
import { paths } from '~/shared/paths';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Facts } from '~/shared/ui/Facts';
import { Question } from '~/shared/ui/forms/Question';
import { FormPage } from '~/shared/ui/forms/FormPage';
import { Panel } from '~/shared/ui/Panel';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { closingText, saleText, stateText, titleOf, windowText } from './words';

type Verb = (token: string) => Promise<PresaleRegistrationView>;

function useMoving(token: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (verb: Verb) => verb(token),
    onSuccess: (one) => {
      queryClient.setQueryData(registrationQuery(token).queryKey, one);
    },
  });
}

type Moving = ReturnType<typeof useMoving>;

function Withdrawing({ moving, onClose }: { moving: Moving; onClose: () => void }) {
  return (
    <Question
      title="Withdraw your registration?"
      onClose={onClose}
      stay="Stay registered"
      go="Withdraw"
      going="Withdrawing…"
      isGoing={moving.isPending}
      onGo={() => {
        moving.mutate(withdrawPresaleRegistration, { onSettled: onClose });
      }}
    >
      <p>You get no early access then. Tickets that you have bought stay yours.</p>
    </Question>
  );
}

function Withdraw({ moving }: { moving: Moving }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <div>
      <Button
        look="text"
        onClick={() => {
          setAsking(true);
        }}
      >
        Withdraw
      </Button>
      {isAsking && (
        <Withdrawing
          moving={moving}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}

function Access({ one, access }: { one: PresaleRegistrationView; access: EarlyAccessView }) {
  if (access.state === 'over') return <p>{saleText(one)}</p>;
  if (access.state === 'used_up') return <p>You have all the tickets that it was for.</p>;
  if (access.state === 'to_come') {
    return (
      <Panel tone="good" icon="clock" title="It is for you alone">
        <p>
          From {dateTimeText(access.starts_at, one.timezone)} this page lets you buy{' '}
          {countText(access.left, 'ticket')} before everybody else. None are kept for you, so be
          early.
        </p>
      </Panel>
    );
  }
  return (
    <>
      <p>
        Buy up to {countText(access.left, 'ticket')} until{' '}
        <strong>{dateTimeText(access.ends_at, one.timezone)}</strong>. None are kept for you, so be
        early.
      </p>
      <ButtonLink wide to={paths.eventEarly(one.organizer_slug, one.event_slug, one.token)}>
        Buy tickets now
      </ButtonLink>
    </>
  );
}

function Body({ one, moving }: { one: PresaleRegistrationView; moving: Moving }) {
  if (one.early_access !== null && one.on_sale) {
    return <Access one={one} access={one.early_access} />;
  }
  const isToConfirm = one.state === 'unconfirmed' && one.on_sale && one.presale !== 'drawn';
  return (
    <>
      <p>{stateText(one)}</p>
      {isToConfirm && (
        <Button
          wide
          busy={moving.isPending ? 'Confirming…' : null}
          onClick={() => {
            moving.mutate(confirmPresaleRegistration);
          }}
        >
          Confirm my registration
        </Button>
      )}
    </>
  );
}

const STANDS: readonly PresaleRegistrationView['state'][] = ['unconfirmed', 'registered', 'won'];

/** A registration behind its link: confirm it, see what became of it, buy early, withdraw. */
export function RegistrationPage({ token }: { token: string }) {
  const read = useQuery(registrationQuery(token));
  const moving = useMoving(token);
  if (read.isPending) {
    return (
      <div className="wrap problem">
        <Loading label="Loading your registration">
          <Skeleton height={64} width="60%" />
          <br />
          <Skeleton height={240} />
        </Loading>
      </div>
    );
  }
  if (read.data === undefined) {
    return <ProblemPage error={read.error} onRetry={() => void read.refetch()} />;
  }
  const one = read.data;
  return (
    <FormPage title={titleOf(one)} lede={one.event_title}>
      <Body one={one} moving={moving} />
      {moving.isError && <ErrorPanel error={moving.error} />}
      <Facts
        facts={[
          ['You want', countText(one.quantity, 'ticket')],
          ['Registration', `until ${closingText(one, one.timezone)}`],
          ['Early access', windowText(one, one.timezone)],
          ['We write to', one.email],
        ]}
      />
      <div className="chips">
        <ButtonLink look="line" to={paths.event(one.organizer_slug, one.event_slug)}>
          To the event
        </ButtonLink>
        {STANDS.includes(one.state) && one.on_sale && <Withdraw moving={moving} />}
      </div>
    </FormPage>
  );
}
