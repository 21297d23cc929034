import { Ways } from '~/shared/paying/Ways';
import styles from './Checkout.module.css';
import type { Paying } from './usePaying';
import { words } from './words';

/** The ways to pay this order. */
export function PayWith({ paying }: { paying: Paying }) {
  return (
    <section className={styles.part} aria-labelledby="pay">
      <h2 id="pay">{words.pay}</h2>
      <Ways methods={paying.methods} source={paying.source} pick={paying.pick} />
    </section>
  );
}
