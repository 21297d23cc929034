import { setupServer } from 'msw/node';

/** The network edge of every test; each test says what the server answers. */
export const server = setupServer();
