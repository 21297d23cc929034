import type { RouteObject } from 'react-router';

/** Below one organizer: for its members. */
const area: RouteObject = {
  path: '/organizer/:organizer',
  lazy: () => import('./routes/organizer/area'),
  children: [
    { index: true, lazy: () => import('./routes/organizer/events') },
    { path: 'events/new', lazy: () => import('./routes/organizer/new-event') },
    { path: 'events/:eventId', lazy: () => import('./routes/organizer/event') },
    { path: 'events/:eventId/seats', lazy: () => import('./routes/organizer/event-seats') },
    { path: 'seat-maps', lazy: () => import('./routes/organizer/seat-maps') },
    { path: 'events/:eventId/prices', lazy: () => import('./routes/organizer/prices') },
    { path: 'events/:eventId/order-policy', lazy: () => import('./routes/organizer/order-policy') },
    { path: 'events/:eventId/vouchers', lazy: () => import('./routes/organizer/vouchers') },
    { path: 'events/:eventId/dates', lazy: () => import('./routes/organizer/dates') },
    { path: 'events/:eventId/change', lazy: () => import('./routes/organizer/change') },
    { path: 'events/:eventId/questions', lazy: () => import('./routes/organizer/questions') },
    { path: 'events/:eventId/waitlist', lazy: () => import('./routes/organizer/waitlist') },
    { path: 'events/:eventId/early-access', lazy: () => import('./routes/organizer/presale') },
    { path: 'orders', lazy: () => import('./routes/organizer/orders') },
    { path: 'orders/:orderId', lazy: () => import('./routes/organizer/order') },
    { path: 'applications', lazy: () => import('./routes/organizer/applications') },
    { path: 'gift-cards', lazy: () => import('./routes/organizer/gift-cards') },
    { path: 'scan', lazy: () => import('./routes/organizer/scan') },
    { path: 'help/:conversationId?', lazy: () => import('./routes/organizer/help') },
    { path: '*', lazy: () => import('./routes/organizer/unknown') },
  ],
};

/** Routes below /organizer. They get their own layout; each page is a lazy module in app/routes. */
export const organizerRoutes: RouteObject[] = [
  {
    lazy: () => import('./routes/organizer/frame'),
    children: [
      {
        lazy: () => import('./routes/organizer/problem'),
        children: [{ path: '/organizer', lazy: () => import('./routes/organizer/choose') }, area],
      },
    ],
  },
];
