// What the user's own systemd says of the service in, how it is doing out.
import { UNIT_NAME } from './unit.ts';
import type { Systemctl } from './install.ts';

export interface ServiceState {
  readonly installed: boolean;
  /** Starts with each login. */
  readonly enabled: boolean;
  /** systemd's words: `active`, `activating`, `failed`, `inactive`. */
  readonly active: string;
  readonly pid: number | null;
  /** Milliseconds since the Unix epoch; null while it does not run. */
  readonly sinceMs: number | null;
  /** Since it was started by hand or at login. */
  readonly restarts: number;
  /** Of its last end; null while it has not ended. */
  readonly exitCode: number | null;
}

const PROPERTIES = [
  ...['LoadState', 'UnitFileState', 'ActiveState', 'MainPID', 'ActiveEnterTimestamp', 'NRestarts'],
  ...['ExecMainCode', 'ExecMainStatus'],
];

/** @throws Error when systemd can't be asked */
export function serviceState(systemctl: Systemctl, unit = UNIT_NAME): ServiceState {
  const told = new Map<string, string>();
  const said = systemctl('show', '--timestamp=unix', `--property=${PROPERTIES.join(',')}`, unit);
  for (const line of said.split('\n')) {
    const at = line.indexOf('=');
    if (at > 0) told.set(line.slice(0, at), line.slice(at + 1));
  }
  const active = told.get('ActiveState') ?? 'unknown';
  const pid = Number(told.get('MainPID') ?? 0);
  const since = /^@(\d+)$/.exec(told.get('ActiveEnterTimestamp') ?? '')?.[1];
  const ended = Number(told.get('ExecMainCode') ?? 0) !== 0;
  return {
    installed: told.get('LoadState') === 'loaded',
    enabled: told.get('UnitFileState') === 'enabled',
    active,
    pid: pid === 0 ? null : pid,
    sinceMs: active === 'active' && since !== undefined ? Number(since) * 1000 : null,
    restarts: Number(told.get('NRestarts') ?? 0),
    exitCode: ended ? Number(told.get('ExecMainStatus') ?? 0) : null,
  };
}
