import type { TransferTerms } from '~/shared/api/generated/boxoffice.schemas';
import { Deadline } from './Deadline';
import settings from '~/shared/organizer/Settings.module.css';
import { untilText } from './steps';
import { Tick } from './Tick';

interface GivingOnProps {
  terms: TransferTerms;
  onChange: (parts: TransferTerms) => void;
}

/** Whether tickets may change hands, and until when. */
export function GivingOn({ terms, onChange }: GivingOnProps) {
  const hours = terms.hours_before ?? 0;
  return (
    <section className={settings.section} aria-labelledby="giving">
      <h2 id="giving">Giving tickets on</h2>
      <p>Whoever takes a ticket gets a code of their own; the old one lets nobody in any more.</p>
      <Tick
        isOn={terms.allowed !== false}
        onSwitch={(allowed) => {
          onChange({ allowed });
        }}
      >
        Buyers give tickets to other people
      </Tick>
      {terms.allowed !== false && (
        <>
          <p>They can {untilText(hours)}.</p>
          <Deadline
            hours={hours}
            what="giving on"
            onSet={(hours_before) => {
              onChange({ hours_before });
            }}
          />
        </>
      )}
    </section>
  );
}
