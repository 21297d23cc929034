import { Field } from '~/shared/ui/forms/Field';
import { Panel } from '~/shared/ui/Panel';
import styles from './Checkout.module.css';
import { words } from './words';

interface ApplyProps {
  /** A card is given with it. */
  holds: boolean;
  onSay: (message: string) => void;
}

/** Instead of paying: what happens next, and a few words to whoever decides. */
export function Apply({ holds, onSay }: ApplyProps) {
  return (
    <section className={styles.part} aria-labelledby="apply">
      <h2 id="apply">{words.apply}</h2>
      <Panel>
        <p>{holds ? words.applyHoldHint : words.applyHint}</p>
      </Panel>
      <Field
        label={words.applyMessage}
        optional
        rows={3}
        maxLength={2000}
        onChange={(change) => {
          onSay(change.target.value);
        }}
      />
    </section>
  );
}
