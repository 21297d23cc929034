import type { ReactElement } from 'react';

/** One stroke family on a 24 grid, drawn for this product. */
const shapes = {
  calendar: (
    <path d="M4 9.5h16M8 3v4m8-4v4M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z" />
  ),
  pin: (
    <path d="M12 21s7-6.2 7-11.2A7 7 0 0 0 5 9.8C5 14.8 12 21 12 21Zm0-8.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4Z" />
  ),
  ticket: (
    <path d="M3 7h18v3.5a1.8 1.8 0 0 0 0 3.6V17H3v-2.9a1.8 1.8 0 0 0 0-3.6V7Zm11 .5v2m0 2v2m0 2v1.5" />
  ),
  screen: <path d="M4 5h16v11H4V5Zm5 15h6m-3-4v4" />,
  sun: (
    <path d="M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-13v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4m0-12.8L17 7M7 17l-1.4 1.4" />
  ),
  moon: <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z" />,
  user: (
    <path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8.5c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5" />
  ),
  clock: <path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  plus: <path d="M12 5v14M5 12h14" />,
  minus: <path d="M5 12h14" />,
  search: <path d="M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.8-1.7L20 20" />,
  download: <path d="M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M4.5 20h15" />,
  mail: <path d="M3.5 6h17v12.5h-17V6Zm0 .8L12 13l8.5-6.2" />,
  help: (
    <path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-2.7-11.5c.1-1.7 1.2-2.7 2.8-2.7s2.8 1 2.8 2.5c0 2-2.7 2.2-2.7 4.2m0 3v.01" />
  ),
  alert: <path d="M12 4 2.8 20h18.4L12 4Zm0 6v4.5m0 2.7v.01" />,
  arrow: <path d="M4.5 12h15m0 0L13 5.5m6.5 6.5L13 18.5" />,
  back: <path d="M19.5 12h-15m0 0L11 5.5M4.5 12l6.5 6.5" />,
  out: <path d="M14 4.5h5.5V10M19.5 4.5 10 14M16.5 14v5.5h-12v-12H10" />,
  copy: <path d="M8.5 8.5v-4h11v11h-4m-11-7h11v11h-11v-11Z" />,
  offline: (
    <path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 5.5-1M5 12a10 10 0 0 1 4-2.3M2 8.5A15 15 0 0 1 6.5 6M12.5 5A15 15 0 0 1 22 8.5M15.5 9.8A10 10 0 0 1 19 12m-7 7.5v.01" />
  ),
} satisfies Record<string, ReactElement>;

export type IconName = keyof typeof shapes;

/** Always decoration: the words beside it carry the meaning. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  );
}
