import { Ways } from '~/shared/paying/Ways';
import styles from './Checkout.module.css';
import type { Paying } from './usePaying';
import { words } from './words';

/** The ways to pay this order. */
export function PayWith({ paying, holds = false }: { paying: Paying; holds?: boolean }) {
  return (
    <section className={styles.part} aria-labelledby="pay">
      <h2 id="pay">{holds ? words.hold : words.pay}</h2>
      {holds && <p>{words.holdHint}</p>}
      <Ways methods={paying.methods} source={paying.source} pick={paying.pick} />
    </section>
  );
}
