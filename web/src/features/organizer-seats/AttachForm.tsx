import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { attachSeatMap } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent, SeatingView } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { eventsKey } from '~/shared/organizer/queries';
import { Trouble } from '~/shared/organizer/Trouble';
import { useOnceKey } from '~/shared/organizer/useOnceKey';
import { paths } from '~/shared/paths';
import { Button, ButtonLink } from '~/shared/ui/Button';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { mapQuery, mapsQuery } from './queries';
import styles from './Seats.module.css';

interface AttachFormProps {
  event: ManagedEvent;
  occurrenceId: string;
  /** What the date uses now. */
  seating: SeatingView | undefined;
}

function useAttach(event: ManagedEvent, occurrenceId: string) {
  const { slug } = useArea();
  const queryClient = useQueryClient();
  const key = useOnceKey();
  return useMutation({
    mutationFn: ({ map, types }: { map: string; types: Record<string, string> }) =>
      attachSeatMap(
        slug,
        event.id,
        { seat_map_id: map, occurrence_id: occurrenceId, categories: types },
        key.headers(),
      ),
    onSettled: (_, failed) => {
      key.settle(failed ?? undefined);
      return queryClient.invalidateQueries({ queryKey: eventsKey(slug) });
    },
  });
}

interface CategoriesProps {
  event: ManagedEvent;
  mapId: string;
  types: Readonly<Record<string, string>>;
  onPick: (category: string, type: string) => void;
}

function Categories({ event, mapId, types, onPick }: CategoriesProps) {
  const { slug } = useArea();
  const { data: map } = useQuery(mapQuery(slug, mapId));
  return map?.categories
    .filter(({ seats, standing }) => seats + standing > 0)
    .map(({ name, seats, standing }) => (
      <SelectField
        key={name}
        label={`“${name}” is sold as`}
        hint={seats > 0 ? `${String(seats)} seats` : `${String(standing)} standing`}
        value={types[name] ?? ''}
        onChange={(change) => {
          onPick(name, change.target.value);
        }}
      >
        <option value="">Choose a ticket type</option>
        {event.ticket_types.map((type) => (
          <option key={type.id} value={type.id}>
            {type.name}
          </option>
        ))}
      </SelectField>
    ));
}

function typesOf(seating: SeatingView | undefined): Record<string, string> {
  const sold = seating?.categories ?? [];
  return Object.fromEntries(sold.map(({ name, ticket_type_id }) => [name, ticket_type_id]));
}

interface MapPickerProps {
  value: string;
  onPick: (id: string) => void;
}

function MapPicker({ value, onPick }: MapPickerProps) {
  const { slug } = useArea();
  const read = useInfiniteQuery(mapsQuery(slug));
  const maps = read.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <SelectField
      label="Seat map"
      required
      value={value}
      onChange={(change) => {
        onPick(change.target.value);
      }}
    >
      <option value="">Choose a map</option>
      {maps.map(({ id, name, seats }) => (
        <option key={id} value={id}>
          {name}, {String(seats)} seats
        </option>
      ))}
    </SelectField>
  );
}

function Buttons({
  isNew,
  isReady,
  isBusy,
}: {
  isNew: boolean;
  isReady: boolean;
  isBusy: boolean;
}) {
  const { slug } = useArea();
  return (
    <div className={styles.buttons}>
      <Button type="submit" disabled={!isReady} busy={isBusy ? 'Saving…' : null}>
        {isNew ? 'Use this map' : 'Use its latest version'}
      </Button>
      <ButtonLink look="text" to={paths.seatMaps(slug)}>
        Seat maps
      </ButtonLink>
    </div>
  );
}

/** Which hall, and as which ticket its categories are sold. */
export function AttachForm({ event, occurrenceId, seating }: AttachFormProps) {
  const isNew = seating === undefined;
  const [map, setMap] = useState(seating?.seat_map_id ?? '');
  const [types, setTypes] = useState(() => typesOf(seating));
  const attach = useAttach(event, occurrenceId);
  return (
    <form
      className={styles.card}
      aria-labelledby="attach-title"
      onSubmit={(submit) => {
        submit.preventDefault();
        const said = Object.entries(types).filter(([, type]) => type !== '');
        if (!attach.isPending) attach.mutate({ map, types: Object.fromEntries(said) });
      }}
    >
      <h2 id="attach-title">{isNew ? 'Choose a seat map' : 'The seat map'}</h2>
      <MapPicker
        value={map}
        onPick={(id) => {
          setMap(id);
          setTypes({});
        }}
      />
      {map !== '' && (
        <Categories
          event={event}
          mapId={map}
          types={types}
          onPick={(category, type) => {
            setTypes((before) => ({ ...before, [category]: type }));
          }}
        />
      )}
      {attach.error !== null && <Trouble error={attach.error} />}
      <Buttons isNew={isNew} isReady={map !== ''} isBusy={attach.isPending} />
    </form>
  );
}
