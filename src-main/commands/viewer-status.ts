// `seclyzer status --role viewer`: where the page of the fleet is, and how many hosts there are of each kind. In: the file that a viewer keeps, and
// what it answers. Out: lines or JSON, and an exit code.
import { STATES } from '../../src-preload/contract.ts';
import { isAlive } from '../agent/process-alive.ts';
import { dashboardUrl, readRuntime } from '../agent/publish/runtime-file.ts';
import type { FleetFigures } from '../viewer/fleet-figures.ts';
import type { ExitCode } from './context.ts';
import { layOut } from './table.ts';
import type { Terminal } from './terminal.ts';

const PATIENCE_MS = 5000;

/** @returns 1 where none runs. */
export async function viewerStatus(dataDir: string, json: boolean, { say }: Terminal): Promise<ExitCode> {
  const runtime = await readRuntime(dataDir, 'viewer');
  // The token is only sent to the process that wrote it down, not to whoever got the port after it.
  const figures = runtime === null || !isAlive(runtime.pid) ? null : await ask(runtime.port, runtime.token);
  if (runtime === null || figures === null) {
    if (json) say(JSON.stringify({ running: false }, null, 2));
    else say(`No viewer runs on ${dataDir}. To start one: seclyzer run --role viewer`);
    return 1;
  }
  const { pid, version, startedMs } = runtime;
  const url = dashboardUrl(runtime);
  if (json) say(JSON.stringify({ running: true, pid, url, version, startedMs, ...figures }, null, 2));
  else for (const line of describeViewer(figures, { url, pid, version })) say(line);
  return 0;
}

/** null where it does not answer: it is about to start or stop. */
async function ask(port: number, token: string): Promise<FleetFigures | null> {
  const headers = { authorization: `Bearer ${token}` };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(`http://127.0.0.1:${port}/figures`, { headers, signal }).catch(() => null);
  return answer?.ok === true ? ((await answer.json()) as FleetFigures) : null;
}

/** In lines; pure. */
function describeViewer(
  { hosts, silent, states, incidents, beyond, redis, readMs, refused }: FleetFigures,
  { url, pid, version }: { readonly url: string; readonly pid: number; readonly version: string },
): readonly string[] {
  const now = STATES.filter((state) => states[state] > 0).map((state) => `${states[state]} ${state.toLowerCase()}`);
  const quiet = silent === 0 ? [] : [`${silent} silent`];
  const unlisted = beyond === 0 ? '' : `, and ${beyond} more than are listed`;
  return layOut([
    ['Page', url],
    ['Hosts', `${hosts}${unlisted}${hosts === 0 ? '' : `: ${[...now, ...quiet].join(', ')}`}`],
    ['Incidents', `${incidents.CRITICAL} critical, ${incidents.HIGH} high`],
    ['Redis', `${redis}${readMs === null ? '' : `, read last ${new Date(readMs).toLocaleString()}`}`],
    ...(refused === 0 ? [] : [['Refused', `${refused} entries that no host of this form has written`]]),
    ['Process', `${pid}, version ${version}`],
  ]);
}
