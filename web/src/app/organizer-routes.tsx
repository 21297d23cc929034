import type { RouteObject } from 'react-router';

/** Routes below /organizer. They get their own layout; each page is a lazy module in app/routes. */
export const organizerRoutes: RouteObject[] = [];
