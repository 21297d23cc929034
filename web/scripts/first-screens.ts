import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const ROUTES = {
  discover: 'src/app/routes/discover.tsx',
  event: 'src/app/routes/event.tsx',
  organizer: 'src/app/routes/organizer-profile.tsx',
};

type Manifest = Record<string, { file: string; css?: string[]; imports?: string[] }>;

/** Every file a chunk needs before it can run, itself included. */
function closure(manifest: Manifest, key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (chunk === undefined || seen.has(key)) return seen;
  seen.add(key);
  chunk.imports?.forEach((imported) => closure(manifest, imported, seen));
  return seen;
}

function preloads(manifest: Manifest): Record<string, { js: string[]; css: string[] }> {
  const entry = closure(manifest, 'index.html');
  return Object.fromEntries(
    Object.entries(ROUTES).map(([route, source]) => {
      const chunks = [...closure(manifest, source)].filter((key) => !entry.has(key));
      return [
        route,
        {
          js: chunks.map((key) => `/${manifest[key]?.file ?? ''}`),
          css: chunks.flatMap((key) => (manifest[key]?.css ?? []).map((file) => `/${file}`)),
        },
      ];
    }),
  );
}

function copyTemplates(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (!name.endsWith('.html')) {
      cpSync(join(from, name), join(to, name));
      continue;
    }
    const html = readFileSync(join(from, name), 'utf8');
    writeFileSync(join(to, name), html.replaceAll(/<!--[\s\S]*?-->\s*/g, ''));
  }
}

/** Gives the server what it needs to answer a URL with its real first screen: templates and preload lists. */
export function firstScreens(): Plugin {
  let outDir = '';
  let root = '';
  return {
    name: 'boxoffice:first-screens',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      outDir = join(config.root, config.build.outDir);
    },
    closeBundle() {
      const manifest = JSON.parse(readFileSync(join(outDir, 'manifest.json'), 'utf8')) as Manifest;
      copyTemplates(join(root, 'first-screens'), join(outDir, 'first-screens'));
      writeFileSync(join(outDir, 'preloads.json'), JSON.stringify(preloads(manifest), null, 2));
    },
  };
}
