// What a visitor downloads before a page can work, by route: the JavaScript of its entry and of its own chunk,
// gzipped. Fails above the budgets. `npm run size`, after `npm run build`.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../../boxoffice/web/dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', dist), 'utf8'));
const KB = 1024;
const forms = 'src/app/layouts/FormsLayout.tsx';
const desk = ['frame', 'area'].map((part) => `src/app/routes/organizer/${part}.tsx`);
const budgets = [
  ['discover', ['src/app/routes/discover.tsx'], 150],
  ['event', ['src/app/routes/event.tsx'], 150],
  ['organizer', ['src/app/routes/organizer-profile.tsx'], 150],
  ['my tickets', ['src/app/routes/my-tickets.tsx'], 150],
  ['ticket', ['src/app/routes/ticket.tsx'], 150],
  ['checkout', [forms, 'src/app/routes/checkout.tsx'], 230],
  ['order', [forms, 'src/app/routes/order.tsx'], 230],
  ['sign in', [forms, 'src/app/routes/sign-in.tsx'], 230],
  ['team home', [...desk, 'src/app/routes/organizer/events.tsx'], 250],
  ['new event', [...desk, 'src/app/routes/organizer/new-event.tsx'], 250],
  ['event desk', [...desk, 'src/app/routes/organizer/event.tsx'], 250],
  ['scanner', [...desk, 'src/app/routes/organizer/scan.tsx'], 250],
];

function chunksOf(keys, seen = new Set()) {
  for (const key of keys) {
    if (seen.has(key)) continue;
    if (manifest[key] === undefined) throw new Error(`${key} is not in the manifest: build first.`);
    seen.add(key);
    chunksOf(manifest[key].imports ?? [], seen);
  }
  return seen;
}

const packed = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const sum = (files) => [...new Set(files)].reduce((total, file) => total + packed(file), 0);

let isOver = false;
console.log('route         JS gzip    CSS gzip   budget');
for (const [route, keys, budget] of budgets) {
  const chunks = [...chunksOf(['index.html', ...keys])].map((key) => manifest[key]);
  const js = sum(chunks.map(({ file }) => file)) / KB;
  const css = sum(chunks.flatMap(({ css: files = [] }) => files)) / KB;
  const late = js > budget;
  isOver ||= late;
  console.log(
    `${route.padEnd(12)} ${js.toFixed(1).padStart(6)} KB ${css.toFixed(1).padStart(8)} KB ${String(budget).padStart(6)} KB${late ? '  over' : ''}`,
  );
}
process.exit(isOver ? 1 : 0);
