import { END, START } from '~/shared/organizer/startEnd';
import type { UseFormReturn } from 'react-hook-form';
import { Link } from 'react-router';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { zonesByRegion } from '~/shared/organizer/wallClock';
import { paths } from '~/shared/paths';
import { Field } from '~/shared/ui/forms/Field';
import { SelectField } from '~/shared/ui/forms/SelectField';
import { Panel } from '~/shared/ui/Panel';
import { IDS, type Details } from './details';
import styles from './EventDesk.module.css';
import { Section } from './Section';

function Sold({ event }: { event: ManagedEvent }) {
  const sold = event.quotas.reduce((sum, quota) => sum + quota.sold, 0);
  if (sold === 0) return null;
  return (
    <Panel tone="careful">
      <p>
        Tickets are sold. To move a date that people have tickets for, postpone it: then everybody
        is told.
      </p>
    </Panel>
  );
}

export function When({ form, event }: { form: UseFormReturn<Details>; event: ManagedEvent }) {
  const { slug } = useArea();
  const { errors } = form.formState;
  return (
    <Section id="when" title="When">
      <Sold event={event} />
      {event.occurrences.length > 1 && (
        <p className="muted">
          This event has {event.occurrences.length} dates; this is the first.{' '}
          <Link to={paths.eventDates(slug, event.id)}>See all</Link>
        </p>
      )}
      <div className={styles.thirds}>
        <Field
          {...form.register('startsAt', START)}
          id={IDS.startsAt}
          label="Starts"
          type="datetime-local"
          error={errors.startsAt?.message}
        />
        <Field
          {...form.register('endsAt', END)}
          id={IDS.endsAt}
          label="Ends"
          type="datetime-local"
          error={errors.endsAt?.message}
        />
        <SelectField
          {...form.register('timezone')}
          id={IDS.timezone}
          label="Time zone"
          error={errors.timezone?.message}
        >
          {zonesByRegion(event.timezone).map(([region, zones]) => (
            <optgroup key={region} label={region}>
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll('_', ' ')}
                </option>
              ))}
            </optgroup>
          ))}
        </SelectField>
      </div>
    </Section>
  );
}
