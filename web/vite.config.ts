import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { firstScreens } from './scripts/first-screens.ts';

const server = `http://localhost:${process.env.BOXOFFICE_PORT ?? '8000'}`;
const fromServer = ['/api', '/media', '/healthz', '/readyz'];

export default defineConfig({
  plugins: [react(), firstScreens()],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: Object.fromEntries(fromServer.map((path) => [path, server])) },
  build: {
    outDir: '../boxoffice/web/dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    // Inlined data: URLs would need holes in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Few files, cached long: what every page needs. MUI splits itself among the pages that use it.
        codeSplitting: {
          groups: [
            {
              name: 'vendor',
              test: /node_modules[\\/](react|react-dom|scheduler|react-router|axios|@tanstack)[\\/]/,
              priority: 4,
            },
            {
              name: 'shared',
              test: /src[\\/]shared[\\/](?!organizer|ui[\\/](forms|MuiTheme)|theme[\\/]mui)/,
              priority: 3,
            },
          ],
        },
      },
    },
  },
  experimental: {
    // Chunks find each other relative to themselves, so that only the HTML needs to know the asset host.
    renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? `/${file}` : { relative: true }),
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    // One environment per worker: making a new one for each file costs more than all tests.
    isolate: false,
    css: false,
  },
});
