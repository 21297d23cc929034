/** Browser storage that may be full, forbidden or hold nonsense: then it is simply empty. */

function readFrom(storage: () => Storage, key: string): unknown {
  try {
    const text = storage().getItem(key);
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

function writeTo(storage: () => Storage, key: string, value: unknown): void {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // Nothing is lost that the server does not know.
  }
}

const local = () => window.localStorage;
const session = () => window.sessionStorage;

/** Shared by all tabs and kept. `null` removes. */
export const kept = {
  read: (key: string) => readFrom(local, key),
  write: (key: string, value: unknown) => {
    writeTo(local, key, value);
  },
};

/** This tab's, gone when it closes. `null` removes. */
export const tabOnly = {
  read: (key: string) => readFrom(session, key),
  write: (key: string, value: unknown) => {
    writeTo(session, key, value);
  },
};
