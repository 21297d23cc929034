import './shared/theme/fonts.css';
import './shared/theme/tokens.css';
import './shared/theme/first-screen.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { Providers } from './app/providers';
import { router, routerReady } from './app/router';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

// The server's first screen stays until the page that replaces it is complete.
await routerReady();
createRoot(root).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
