const MOST_BYTES = 12 * 1024 * 1024;
const TYPES = ['image/jpeg', 'image/png', 'image/webp'];

export const ACCEPT = TYPES.join(',');

/** Why this file cannot become a cover, as far as can be told before sending it; null if it may. */
export function refusalOf(file: Pick<File, 'size' | 'type'>): string | null {
  if (!TYPES.includes(file.type)) return 'Choose a JPEG, PNG or WebP picture.';
  if (file.size > MOST_BYTES) return 'This picture has more than 12 MB; save it smaller.';
  return null;
}
