let lastPath = window.location.pathname;

/** Move focus to the heading of a page just navigated to; not on the first page, nor for a change of filters. */
export function focusHeading(path: string, heading: HTMLElement | null): void {
  if (path === lastPath || heading === null) return;
  lastPath = path;
  heading.focus({ preventScroll: true });
}
