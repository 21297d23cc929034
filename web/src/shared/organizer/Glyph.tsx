import type { ReactElement } from 'react';

/** Icons that only organizers' pages show; drawn like those of `Icon`. */
const shapes = {
  scan: (
    <path d="M4 8.5V5.5A1.5 1.5 0 0 1 5.5 4h3m7 0h3A1.5 1.5 0 0 1 20 5.5v3m0 7v3a1.5 1.5 0 0 1-1.5 1.5h-3m-7 0h-3A1.5 1.5 0 0 1 4 18.5v-3M3 12h18" />
  ),
  list: <path d="M8.5 6h12M8.5 12h12M8.5 18h12M4 6h.01M4 12h.01M4 18h.01" />,
  inbox: <path d="M3.5 13.5 6 5h12l2.5 8.5v6h-17v-6Zm0 0h5a3.5 3.5 0 0 0 7 0h5" />,
  camera: (
    <path d="M4 8h3.5L9 5.5h6L16.5 8H20v11H4V8Zm8 8.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Z" />
  ),
  image: <path d="M4 5h16v14H4V5Zm0 11 5-5 4 4 2.5-2.5L20 17M15.5 9.5v.01" />,
  bin: <path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10 11v5m4-5v5" />,
  pen: <path d="M5 19l1-4L16.5 4.5l3 3L9 18l-4 1Zm9-12 3 3" />,
  share: <path d="M12 15V4m0 0L8 8m4-4 4 4M5 13v6.5h14V13" />,
  chevron: <path d="m8 10 4 4 4-4" />,
  sound: (
    <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4Zm11.5 0a4 4 0 0 1 0 5M18 7a7.5 7.5 0 0 1 0 10" />
  ),
  mute: <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4Zm12 .5 4.5 4.5m0-4.5L16 14.5" />,
  torch: <path d="M8 4h8v3.5L14 11v9h-4v-9L8 7.5V4Zm0 3.5h8M12 13.5v2" />,
  retry: <path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9m0-4.5V9H15" />,
} satisfies Record<string, ReactElement>;

export type GlyphName = keyof typeof shapes;

/** Always decoration: the words beside it carry the meaning. */
export function Glyph({ name, size = 20 }: { name: GlyphName; size?: number }) {
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
