import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import styles from './Checkout.module.css';

export function CheckoutSkeleton() {
  return (
    <Loading label="Loading your order">
      <div className={`wrap ${styles.page ?? ''}`}>
        <div className={styles.head}>
          <Skeleton height={56} width={280} />
        </div>
        <div className={styles.aside}>
          <Skeleton height={320} />
        </div>
        <div className={styles.form}>
          <Skeleton height={280} />
          <Skeleton height={280} />
        </div>
      </div>
    </Loading>
  );
}
