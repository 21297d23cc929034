import { isRouteErrorResponse, useRouteError } from 'react-router';
import { NotFoundPage, ProblemPage } from '~/shared/ui/ProblemPage';

/** Shown inside the frame when a page's URL, data or code fails. */
export function RouteProblem() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  return <ProblemPage error={error} />;
}
