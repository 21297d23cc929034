import { Loading, Skeleton } from '~/shared/ui/Skeleton';

export function EventSkeleton() {
  return (
    <Loading label="Loading event">
      <div className="hero hero-cover">
        <div className="wrap">
          <div className="hero-text">
            <Skeleton height={24} width="30%" />
            <Skeleton height={120} width="90%" />
            <Skeleton height={90} width="60%" />
          </div>
        </div>
      </div>
      <div className="wrap event">
        <div className="stub">
          <div className="stub-top">
            <Skeleton height={160} />
          </div>
          <div className="stub-foot">
            <Skeleton height={96} />
          </div>
        </div>
      </div>
    </Loading>
  );
}
