import type { ReturnTerms } from '~/shared/api/generated/boxoffice.schemas';
import { Deadline } from './Deadline';
import settings from '~/shared/organizer/Settings.module.css';
import { untilText } from './steps';
import { Tick } from './Tick';

interface GivingBackProps {
  terms: ReturnTerms;
  onChange: (parts: ReturnTerms) => void;
}

/** Whether tickets may be offered back to those who wait, and until when. */
export function GivingBack({ terms, onChange }: GivingBackProps) {
  const hours = terms.hours_before ?? 0;
  return (
    <section className={settings.section} aria-labelledby="giving-back">
      <h2 id="giving-back">Offering tickets back</h2>
      <p>
        They are offered to your waiting list while it is open. Once somebody has bought one,
        whoever gave it up gets back what it cost; until then the ticket stays valid.
      </p>
      <Tick
        isOn={terms.allowed === true}
        onSwitch={(allowed) => {
          onChange({ allowed });
        }}
      >
        Buyers offer tickets back at face value
      </Tick>
      {terms.allowed === true && (
        <>
          <p>They can {untilText(hours)}.</p>
          <Deadline
            hours={hours}
            what="offering back"
            onSet={(hours_before) => {
              onChange({ hours_before });
            }}
          />
        </>
      )}
    </section>
  );
}
