import { createBrowserRouter, type RouteObject } from 'react-router';
import { takeBoot } from '~/shared/api/boot';
import { newKey } from '~/shared/api/keys';
import { ApiError, localProblem } from '~/shared/api/problems';
import { NotFoundPage } from '~/shared/ui/ProblemPage';
import { PublicLayout } from './layouts/PublicLayout';
import { organizerRoutes } from './organizer-routes';
import { RouteProblem } from './RouteProblem';

/** The server answered this URL with a problem: show it rather than ask again. */
function refuseIfProblem(): null {
  const problem = takeBoot('problem');
  if (problem !== undefined) throw new ApiError({ ...localProblem('problem', '', ''), ...problem });
  return null;
}

const readingPages: RouteObject[] = [
  { path: '/', lazy: () => import('./routes/discover') },
  { path: '/e/:organizer/:event', lazy: () => import('./routes/event') },
  { path: '/e/:organizer/:event/seats', lazy: () => import('./routes/seats') },
  { path: '/o/:organizer', lazy: () => import('./routes/organizer-profile') },
  { path: '/me/tickets', lazy: () => import('./routes/my-tickets') },
  { path: '/t/:token/:ticketId', lazy: () => import('./routes/ticket') },
  { path: '/verify-email', lazy: () => import('./routes/verify-email') },
  { path: '/dev/mail/:mailId?', lazy: () => import('./routes/dev-mail') },
];

/** Pages with fields, which are built on MUI. */
const formPages: RouteObject = {
  lazy: () => import('./layouts/FormsLayout'),
  children: [
    { path: '/checkout/:token', lazy: () => import('./routes/checkout') },
    { path: '/purchases/:token', lazy: () => import('./routes/purchase') },
    { path: '/orders/:token', lazy: () => import('./routes/order') },
    { path: '/transfers/:token', lazy: () => import('./routes/received-ticket') },
    { path: '/e/:organizer/:event/waitlist', lazy: () => import('./routes/waitlist-join') },
    { path: '/waitlist/:token', lazy: () => import('./routes/waitlist-place') },
    { path: '/e/:organizer/:event/early-access', lazy: () => import('./routes/presale-register') },
    { path: '/early-access/:token', lazy: () => import('./routes/presale-registration') },
    { path: '/find-order', lazy: () => import('./routes/find-order') },
    { path: '/signin', lazy: () => import('./routes/sign-in') },
    { path: '/signup', lazy: () => import('./routes/sign-up') },
  ],
};

/** Without a key of its own, every first page of a visit would share the last one's scroll position. */
function ownHistoryKey(): void {
  const state = window.history.state as { key?: string } | null;
  if (state?.key === undefined) window.history.replaceState({ ...state, key: newKey() }, '');
}

ownHistoryKey();

export const router = createBrowserRouter([
  {
    element: <PublicLayout />,
    children: [
      {
        loader: refuseIfProblem,
        errorElement: <RouteProblem />,
        children: [...readingPages, formPages, { path: '*', element: <NotFoundPage /> }],
      },
    ],
  },
  ...organizerRoutes,
]);

/** Resolves once the first page's code and loader are there, so that the first render is the real one. */
export function routerReady(): Promise<void> {
  return new Promise((resolve) => {
    if (router.state.initialized) {
      resolve();
      return;
    }
    const stop = router.subscribe(({ initialized }) => {
      if (!initialized) return;
      stop();
      resolve();
    });
  });
}
