// The port of the figures in, as the command line has it, and a server there out, where one is wanted and can be had; a role does its work without.
import { messageOf } from '../../thrown.ts';
import type { MetricsServer, MetricsStart } from './metrics-server.ts';

export interface RoleMetrics extends Omit<MetricsStart, 'port' | 'tell'> {
  /** null: nobody is to read them, and no port is opened. */
  readonly port: number | null;
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** Never rejects. null: there is none. */
export async function startRoleMetrics({
  port,
  say,
  warn,
  ...parts
}: RoleMetrics): Promise<Pick<MetricsServer, 'close'> | null> {
  if (port === null) return null;
  try {
    const { startMetricsServer } = await import('./metrics-server.ts');
    const server = await startMetricsServer({ ...parts, port, tell: warn });
    say(`Prometheus reads its figures at ${server.url}, with the token that seclyzer api token --data prints.`);
    return server;
  } catch (error) {
    warn(`Its figures can't be had: ${messageOf(error)}`);
    return null;
  }
}
