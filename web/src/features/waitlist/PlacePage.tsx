import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import {
  declineWaitlistOffer,
  leaveWaitlist,
  rejoinWaitlist,
} from '~/shared/api/generated/boxoffice';
import type { WaitlistEntryView } from '~/shared/api/generated/boxoffice.schemas';
import { cardDateText } from '~/shared/format/dates';
import { countText } from '~/shared/format/duration';
import { paths } from '~/shared/paths';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Question } from '~/shared/ui/forms/Question';
import { Facts } from '~/shared/ui/Facts';
import { FormPage } from '~/shared/ui/forms/FormPage';
import { ProblemPage } from '~/shared/ui/ProblemPage';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { Offer } from './Offer';
import { placeQuery } from './queries';
import styles from './Waitlist.module.css';
import { overText, positionText, titleOf, wishText } from './words';

type Verb = (token: string) => Promise<WaitlistEntryView>;

function useMoving(token: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (verb: Verb) => verb(token),
    onSuccess: (entry) => {
      queryClient.setQueryData(placeQuery(token).queryKey, entry);
    },
  });
}

type Moving = ReturnType<typeof useMoving>;

function Leaving({ moving, onClose }: { moving: Moving; onClose: () => void }) {
  return (
    <Question
      title="Leave the waiting list?"
      onClose={onClose}
      stay="Stay"
      go="Leave"
      going="Leaving…"
      isGoing={moving.isPending}
      onGo={() => {
        moving.mutate(leaveWaitlist, { onSuccess: onClose });
      }}
    >
      <p>You lose your place. If you join again later, you are the last.</p>
    </Question>
  );
}

function Leave({ moving }: { moving: Moving }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <div>
      <Button
        look="text"
        onClick={() => {
          setAsking(true);
        }}
      >
        Leave the list
      </Button>
      {isAsking && (
        <Leaving
          moving={moving}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}

function Waiting({ entry }: { entry: WaitlistEntryView }) {
  return (
    <>
      <p className={styles.position}>{positionText(entry)}</p>
      <p className="muted">
        As soon as it is your turn we keep your tickets for you and write to you. Nothing is charged
        until you take them.
      </p>
    </>
  );
}

function Expired({ moving }: { moving: Moving }) {
  return (
    <>
      <p>Your tickets were not taken in time, so somebody else is asked now.</p>
      <Button
        wide
        busy={moving.isPending ? 'Joining again…' : null}
        onClick={() => {
          moving.mutate(rejoinWaitlist);
        }}
      >
        Wait again, as the last
      </Button>
    </>
  );
}

function Body({ entry, moving, onOver }: BodyProps) {
  if (entry.state === 'waiting') return <Waiting entry={entry} />;
  if (entry.state === 'expired') return <Expired moving={moving} />;
  if (entry.offer === null) return <p>{overText[entry.state]}</p>;
  return (
    <Offer
      entry={entry}
      offer={entry.offer}
      onOver={onOver}
      isDeclining={moving.isPending}
      onDecline={() => {
        moving.mutate(declineWaitlistOffer);
      }}
    />
  );
}

interface BodyProps {
  entry: WaitlistEntryView;
  moving: Moving;
  onOver: () => void;
}

const STAYS: readonly WaitlistEntryView['state'][] = ['waiting', 'offered', 'expired'];

/** A place on a waiting list behind its link: the position, the offer, and the way out. */
export function PlacePage({ token }: { token: string }) {
  const read = useQuery(placeQuery(token));
  const moving = useMoving(token);
  const { refetch } = read;
  const look = useCallback(() => void refetch(), [refetch]);
  if (read.isPending) {
    return (
      <div className="wrap problem">
        <Loading label="Loading your place">
          <Skeleton height={64} width="60%" />
          <br />
          <Skeleton height={240} />
        </Loading>
      </div>
    );
  }
  if (read.data === undefined) return <ProblemPage error={read.error} onRetry={look} />;
  const entry = read.data;
  return (
    <FormPage title={titleOf(entry)} lede={entry.event_title}>
      <Body entry={entry} moving={moving} onOver={look} />
      {moving.isError && <ErrorPanel error={moving.error} />}
      <Facts
        facts={[
          ['When', cardDateText(entry.starts_at, entry.ends_at, entry.timezone)],
          ['Where', [entry.venue?.name, entry.venue?.city].filter(Boolean).join(', ') || 'Online'],
          ['You want', `${countText(entry.quantity, 'ticket')}: ${wishText(entry)}`],
          ['We write to', entry.email],
        ]}
      />
      <div className="chips">
        <ButtonLink look="line" to={paths.event(entry.organizer_slug, entry.event_slug)}>
          To the event
        </ButtonLink>
        {STAYS.includes(entry.state) && <Leave moving={moving} />}
      </div>
    </FormPage>
  );
}
