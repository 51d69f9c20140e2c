// How the ways to a database and to Redis stand in, figures for a Prometheus server out; nothing of a way that nobody has asked for.
import type { SettingsView } from '../../../../src-preload/contract.ts';
import type { Add } from './prometheus-text.ts';

export function addWays({ influx, redis }: Pick<SettingsView, 'influx' | 'redis'>, gauge: Add, counter: Add): void {
  const ways = [
    { outlet: 'influx', ...influx, works: influx.status === 'sending' },
    { outlet: 'redis', ...redis, works: redis.status === 'connected' },
  ];
  for (const { outlet, wanted, works, sent, dropped, waitingBytes } of ways) {
    if (!wanted) continue;
    gauge('seclyzer_outlet_up', 'Whether what is sent there is taken.', works ? 1 : 0, { outlet });
    gauge('seclyzer_outlet_waiting_bytes', 'What waits until it is taken.', waitingBytes, { outlet });
    counter('seclyzer_outlet_sent_total', 'Lines or records that were taken.', sent, { outlet });
    counter('seclyzer_outlet_dropped_total', 'Those let go because too many waited.', dropped, { outlet });
  }
}
