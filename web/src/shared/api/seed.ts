import { takeBoot, type BootData } from './boot';

/** Boot data handed to `take`, if the server sent some for this URL. */
export function withBoot<K extends keyof BootData>(
  name: K,
  take: (data: NonNullable<BootData[K]>) => void,
): void {
  const data = takeBoot(name);
  if (data !== undefined) take(data);
}
