// Nothing in, what of the machine itself can be watched out.
import type { Capability } from './capability.ts';

/** Without these there is not much to watch. */
const ESSENTIAL = new Set(['cpu', 'memory', 'disk', 'network', 'processes']);

export async function hostMonitor(): Promise<Omit<Capability, 'name' | 'essential'>> {
  const { hostSources } = await import('../../agent/collect/host/index.ts');
  const found = await Promise.all(
    hostSources({ commandLines: () => false }).map(async ({ name, available }) => ({ name, found: await available() })),
  );
  const missing = found.flatMap(({ name, found: one }) => (one.ok ? [] : [{ name, ...one }]));
  const [first] = missing;
  if (first === undefined) return { state: 'works', detail: 'can be watched', fix: null };
  const detail = `without ${missing.map(({ name, reason }) => `${name} (${reason})`).join(', ')}`;
  const lacking = missing.some(({ name }) => ESSENTIAL.has(name));
  return { state: lacking ? 'partly' : 'works', detail, fix: lacking ? first.fix : null };
}
