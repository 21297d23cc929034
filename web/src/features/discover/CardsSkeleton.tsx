import { Loading, Skeleton } from '~/shared/ui/Skeleton';

const PLACES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function CardsSkeleton() {
  return (
    <Loading label="Loading events">
      <div className="cards">
        {PLACES.map((place) => (
          <div key={place} className="card">
            <div className="card-media" />
            <div>
              <p className="card-when">
                <Skeleton height={21} width="60%" />
              </p>
              <Skeleton height={28} width="90%" />
              <Skeleton height={21} width="40%" />
            </div>
          </div>
        ))}
      </div>
    </Loading>
  );
}
