const PLAIN = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ł', 'l'],
  ['þ', 'th'],
]);

/** The address a name suggests, as the server would make it; empty where it cannot. */
export function slugOf(name: string): string {
  const latin = Array.from(name.toLowerCase(), (letter) => PLAIN.get(letter) ?? letter).join('');
  const bare = latin.normalize('NFKD').replaceAll(/[\p{M}'’]/gu, '');
  const slug = bare.match(/[a-z0-9]+/g)?.join('-') ?? '';
  return slug.length < 2 ? '' : slug.slice(0, 55).replace(/-+$/, '');
}
