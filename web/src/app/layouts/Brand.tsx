import { Link } from 'react-router';
import { paths } from '~/shared/paths';

/** The wordmark: a torn ticket and the name. */
export function Brand() {
  return (
    <Link className="brand" to={paths.discover} aria-label="Boxoffice, home">
      <svg width="28" height="20" viewBox="0 0 28 20" aria-hidden="true" focusable="false">
        <path
          fill="currentColor"
          d="M0 1h17v18H0v-6a3 3 0 0 0 0-6V1Zm20 0h8v6a3 3 0 0 0 0 6v6h-8v-3h-2v-3h2v-2h-2V8h2V6h-2V3h2V1Z"
        />
      </svg>
      <b>Boxoffice</b>
    </Link>
  );
}
