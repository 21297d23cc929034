export { RouteProblem as ErrorBoundary } from '../../RouteProblem';
