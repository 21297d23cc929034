import type { ChangeTerms } from '~/shared/api/generated/boxoffice.schemas';
import { Deadline } from './Deadline';
import settings from '~/shared/organizer/Settings.module.css';
import { untilText } from './steps';
import { Tick } from './Tick';

interface ChangingProps {
  terms: ChangeTerms;
  onChange: (parts: ChangeTerms) => void;
}

/** What buyers correct themselves, and until when. */
export function Changing({ terms, onChange }: ChangingProps) {
  const hours = terms.hours_before ?? 0;
  return (
    <section className={settings.section} aria-labelledby="changing">
      <h2 id="changing">Changing</h2>
      <p>What a choice costs more is paid before it is changed; what it is cheaper goes back.</p>
      <Tick
        isOn={terms.names !== false}
        onSwitch={(names) => {
          onChange({ names });
        }}
      >
        Buyers correct names and their address
      </Tick>
      <Tick
        isOn={terms.variations === true}
        onSwitch={(variations) => {
          onChange({ variations });
        }}
      >
        Buyers choose another variation
      </Tick>
      <Tick
        isOn={terms.add_ons === true}
        onSwitch={(add_ons) => {
          onChange({ add_ons });
        }}
      >
        Buyers add and take off add-ons
      </Tick>
      <p>They can {untilText(hours)}.</p>
      <Deadline
        hours={hours}
        what="changing"
        onSet={(hours_before) => {
          onChange({ hours_before });
        }}
      />
    </section>
  );
}
