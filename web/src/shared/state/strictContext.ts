import { createContext, useContext, type Provider } from 'react';

/** A context whose hook refuses to work outside its provider. */
export function strictContext<T>(name: string): [Provider<T | null>, () => T] {
  const Context = createContext<T | null>(null);
  Context.displayName = name;
  const useStrict = (): T => {
    const value = useContext(Context);
    if (value === null) throw new Error(`${name} is missing: render this inside its provider.`);
    return value;
  };
  return [Context.Provider, useStrict];
}
