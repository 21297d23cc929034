import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { drawPresale } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, PresaleSettingsView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import shared from '~/shared/organizer/Settings.module.css';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Button } from '~/shared/ui/Button';
import { Question } from '~/shared/ui/forms/Question';
import { useRefreshing } from './queries';

function Asking({ event, onClose }: { event: ManagedEvent; onClose: () => void }) {
  const { slug } = useArea();
  const refresh = useRefreshing(event);
  const drawing = useMutation({
    mutationFn: () => drawPresale(slug, event.id),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <Question
      title="Give early access now?"
      onClose={onClose}
      stay="Not yet"
      go="Close registration and give it"
      going="Giving it…"
      isGoing={drawing.isPending}
      onGo={() => {
        drawing.mutate();
      }}
    >
      {drawing.isError ? (
        <Trouble error={drawing.error} />
      ) : (
        <p>
          Registration closes, it is decided who gets early access, and everybody is told by mail.
          It happens once and cannot be undone.
        </p>
      )}
    </Question>
  );
}

/** Closing before the time, for who may. */
export function Drawing({ event, presale }: { event: ManagedEvent; presale: PresaleSettingsView }) {
  const [isAsking, setAsking] = useState(false);
  const mayWrite = useMay('events:write');
  if (!mayWrite || presale.state === 'drawn' || event.status !== 'published') return null;
  return (
    <section className={shared.section} aria-label="Giving early access">
      <p>It is given by itself once registration has closed.</p>
      <div>
        <Button
          look="line"
          onClick={() => {
            setAsking(true);
          }}
        >
          Close and give it now
        </Button>
      </div>
      {isAsking && (
        <Asking
          event={event}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}
