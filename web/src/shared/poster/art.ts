/** The drawings, shared with the server's first screens: one source for both. */
const files = import.meta.glob<string>('../../../first-screens/poster-art-*.html', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const drawings = Object.keys(files)
  .sort()
  .map((file) => files[file] ?? '')
  .map((html) => html.slice(html.indexOf('>') + 1, html.lastIndexOf('</svg>')));

export function drawing(art: number): string {
  return drawings[art % drawings.length] ?? '';
}
