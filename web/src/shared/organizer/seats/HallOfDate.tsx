import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import type { SeatingView } from '~/shared/api/generated/boxoffice.schemas';
import { hallOf } from '~/shared/seats/hall';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import { useArea } from '../area';
import { Trouble } from '../Trouble';
import { drawingQuery, takenQuery } from './queries';
import type { OpenHall } from './SeatPicker';

interface HallOfDateProps {
  eventId: string;
  seating: SeatingView;
  children: (open: OpenHall) => ReactNode;
}

/** Shows something about the hall of one date, as soon as it is known what is taken there. */
export function HallOfDate({ eventId, seating, children }: HallOfDateProps) {
  const { slug } = useArea();
  const { data: drawing, ...drawn } = useQuery(drawingQuery(slug, seating));
  const taken = useQuery(takenQuery(slug, eventId, seating.occurrence_id));
  const hall = useMemo(() => (drawing === undefined ? null : hallOf(drawing)), [drawing]);
  if (drawing !== undefined && hall !== null && taken.data !== undefined) {
    return children({ drawing, hall, taken: taken.data });
  }
  const error = drawn.error ?? taken.error;
  if (error !== null) return <Trouble error={error} onRetry={() => void taken.refetch()} />;
  return (
    <Loading label="Loading the seat map">
      <Skeleton height={480} />
    </Loading>
  );
}
