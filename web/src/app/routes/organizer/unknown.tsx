export { NotFoundPage as Component } from '~/shared/ui/ProblemPage';
