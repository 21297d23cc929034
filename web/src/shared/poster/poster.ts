/** Which poster an event without a cover gets. The server computes the same (first-screens/wording.json). */
export interface PosterLook {
  art: number;
  palette: number;
  fit: 'xl' | 'l' | 'm' | 's';
}

export const ARTS = 10;
export const PALETTES = 8;

/** FNV-1a, 32 bits, over UTF-8, its high half folded into the low one so that short titles spread too. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Big type for short titles; the longest word decides, for it must not break. */
export function fitOf(title: string): PosterLook['fit'] {
  const longest = Math.max(...title.split(/\s+/).map((word) => Array.from(word).length));
  const length = Array.from(title).length;
  if (length > 48 || longest > 12) return 's';
  if (length > 26 || longest > 9) return 'm';
  return length > 10 || longest > 6 ? 'l' : 'xl';
}

export function posterOf(title: string): PosterLook {
  const hash = hashOf(title);
  return { art: hash % ARTS, palette: (hash >>> 8) % PALETTES, fit: fitOf(title) };
}
