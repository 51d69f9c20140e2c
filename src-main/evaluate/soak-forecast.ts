// Hours in, the size that the database is to have after each of them out: what the store is known to take, for somebody who works all the time
// and a host that is never quiet. Written by the benchmark's means, without the agent that is to be judged by it.
import { keepProfile } from './bench-profile.ts';
import { bytesByHour, hourOf } from './bench-storage.ts';
import type { StorageForecast } from './soak-verdict.ts';

/** Takes half a minute. */
export async function forecastStorage(modelsDir: string, hours: number): Promise<StorageForecast> {
  const profile = keepProfile(modelsDir);
  try {
    const plan = Array.from({ length: hours }, () => ({ atWork: true, closely: true, upkeep: true }));
    return await bytesByHour(await hourOf(await profile.get()), plan);
  } finally {
    await profile.remove();
  }
}
