// `seclyzer doctor`: what works on this machine, what does not and why, and the one thing to do about it.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Availability } from '../agent/collect/collector.ts';
import { api } from './checks/api.ts';
import { auditLog } from './checks/audit-log.ts';
import { runCheck, type Capability } from './checks/capability.ts';
import { dataFolder } from './checks/data-folder.ts';
import { notifications, screenLock, tray } from './checks/desktop.ts';
import { hostMonitor } from './checks/host-monitor.ts';
import { inputDevices } from './checks/input-devices.ts';
import { keyring } from './checks/keyring.ts';
import { logs } from './checks/logs.ts';
import { redis } from './checks/redis.ts';
import { electron, node, onnx, sqlite } from './checks/runtimes.ts';
import { syscalls } from './checks/syscalls.ts';
import { dataOption, jsonOption, type Context } from './context.ts';
import { settingsFile } from './logs-options.ts';
import { settingsInForce, type InForce } from './settings-in-force.ts';
import { layOut } from './table.ts';
import type { Paint } from './terminal.ts';

/** Checks that take longer than this are said to be under way. */
const SAY_AFTER_MS = 2000;

export function addDoctor(program: Command, context: Context): void {
  const { terminal, env, places, finish } = context;
  program
    .command('doctor')
    .summary('what works here, and how to fix what does not')
    .description(
      'show what works on this machine and how to fix what does not; exit code 1 when something essential is missing',
    )
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action(async ({ data, json }: { readonly data: string; readonly json?: true }) => {
      const slow = setTimeout(() => terminal.progress('Looking…'), SAY_AFTER_MS);
      const found = await examine(context, resolve(data), settingsFile(data, context));
      clearTimeout(slow);
      terminal.progress(null);
      if (json === true) terminal.say(JSON.stringify({ version: places.version, capabilities: found }, null, 2));
      else for (const line of describe(found, terminal.paint)) terminal.say(line);
      finish(found.some(({ essential, state }) => essential && state === 'missing') ? 1 : 0);
    });
}

async function examine({ env, places }: Context, dataDir: string, settings: string): Promise<readonly Capability[]> {
  const { root, version } = places;
  // Asked for once, by those that need it.
  let known: Promise<InForce> | null = null;
  const inForce = (): Promise<InForce> => (known ??= settingsInForce(dataDir, settings));
  const { liveCollectors } = await import('../agent/collect/index.ts');
  const { displayAvailability, isWayland } = await import('../agent/collect/x-display.ts');
  const collectors = liveCollectors(env);
  return Promise.all([
    runCheck('Node', node, true),
    runCheck('SQLite', sqlite, true),
    runCheck('Models', onnx, true),
    runCheck('Data folder', dataFolder(dataDir), true),
    runCheck('Display', async () =>
      isWayland(env)
        ? { state: 'works', detail: 'a Wayland session; X11 shows nothing but the windows of XWayland', fix: null }
        : fromAvailability(await displayAvailability(env), 'connected'),
    ),
    ...collectors.map(({ name, available }) =>
      runCheck(name.charAt(0).toUpperCase() + name.slice(1), async () =>
        fromAvailability(await available(), 'can be seen'),
      ),
    ),
    runCheck('Input devices', inputDevices({ env, root })),
    runCheck('Tray', tray(env)),
    runCheck('Notifications', notifications(env)),
    runCheck('Screen lock', screenLock(env)),
    runCheck('Keyring', keyring(env, dataDir)),
    runCheck('Logs', logs),
    runCheck('Host monitor', hostMonitor),
    runCheck('System calls', syscalls),
    runCheck('API', api(inForce)),
    runCheck('Redis', redis(dataDir, settings, inForce)),
    runCheck('Audit log', auditLog(dataDir, version, inForce)),
    runCheck('Electron', electron(root, env)),
  ]);
}

function fromAvailability(found: Availability, fine: string): Omit<Capability, 'name' | 'essential'> {
  if (!found.ok) return { state: 'missing', detail: found.reason, fix: found.fix };
  const detail = found.through === undefined ? fine : `${fine}, through ${found.through}`;
  if (found.note === undefined) return { state: 'works', detail, fix: null };
  return { state: 'partly', detail: found.note, fix: null };
}

/** Aligned lines, the fix below what it fixes; pure. */
export function describe(found: readonly Capability[], paint: Paint): readonly string[] {
  const marks = { works: paint.good('✓'), partly: paint.caution('~'), missing: paint.bad('✗') };
  const rows = found.flatMap(({ name, state, detail, fix }) => [
    [marks[state], name, detail],
    ...(fix === null ? [] : fix.split('\n').map((line) => ['', '', paint.dim(line)])),
  ]);
  return [...layOut(rows), '', sumOf(found)];
}

/** Neither of them seen, and there is nobody to tell from anybody. */
const EYES = ['Keyboard', 'Mouse'];

function sumOf(found: readonly Capability[]): string {
  const lacking = found.filter(({ state }) => state === 'missing');
  const missing = lacking.map(({ name }) => name);
  const blocked = lacking.filter(({ essential }) => essential).map(({ name }) => name);
  if (blocked.length > 0) return `Nothing works without: ${blocked.join(', ')}.`;
  if (missing.length === 0) return 'Everything is there.';
  const rest = EYES.every((name) => missing.includes(name))
    ? 'Without keyboard and mouse nobody can be learned or recognised; the rest works.'
    : 'The rest works without them.';
  return `${missing.length} of ${found.length} are missing. ${rest}`;
}
