import { takeBoot, type BootData } from './boot';

/** Boot data handed to `use`, if the server sent some for this URL. */
export function withBoot<K extends keyof BootData>(
  name: K,
  use: (data: NonNullable<BootData[K]>) => void,
): void {
  const data = takeBoot(name);
  if (data !== undefined) use(data);
}
