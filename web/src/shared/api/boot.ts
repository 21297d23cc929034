import type {
  DiscoverView,
  EventPage,
  MeView,
  OrderView,
  OrganizerView,
  Problem,
} from './generated/boxoffice.schemas';

/** What the server knew about the URL when it answered, by name. */
export interface BootData {
  discover?: DiscoverView;
  event?: EventPage;
  organizer?: OrganizerView;
  order?: OrderView;
  /** The page itself is a refusal: an unknown, withdrawn or failing URL. */
  problem?: Pick<Problem, 'status' | 'title' | 'detail'> & Partial<Problem>;
}

/** The server's `<script id="boot">`. `session` is absent when the page may be cached for everybody. */
export interface Boot {
  route: string;
  data: BootData;
  session?: MeView | null;
}

function read(): Boot | null {
  const text = document.getElementById('boot')?.textContent;
  return text === undefined ? null : (JSON.parse(text) as Boot);
}

const boot = read();
const left = new Map<string, unknown>(boot === null ? [] : Object.entries(boot.data));

/** The path (with its query) the boot data is about, or null without boot data. */
export const bootRoute = boot?.route ?? null;

/** `undefined` when the server did not say. */
export const bootSession = boot?.session;

/** The named boot data, once, and only for the URL it was made for. */
export function takeBoot<K extends keyof BootData>(name: K): BootData[K] | undefined {
  const here = window.location.pathname + window.location.search;
  if (bootRoute !== here) return undefined;
  const value = left.get(name) as BootData[K] | undefined;
  left.delete(name);
  return value;
}
