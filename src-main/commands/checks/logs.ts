// Whether the log guard can read what it needs: the same look that it takes itself.
import { findLogs, nameOfLog } from '../../agent/collect/logs.ts';
import type { Check } from './capability.ts';

export const logs: Check = async () => {
  if (process.platform !== 'linux') return { state: 'missing', detail: 'only logs of Linux are understood', fix: null };
  const { sources, lack } = await findLogs();
  const read = sources.map(nameOfLog).join(', ');
  if (lack === null) return { state: 'works', detail: read, fix: null };
  if (sources.length === 0) return { state: 'missing', detail: lack.reason, fix: lack.fix };
  return { state: 'partly', detail: `${read}, where no logins are told: ${lack.reason}`, fix: lack.fix };
};
