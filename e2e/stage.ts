// Leaves: a desktop with the built application ready to start on it, each time in a home of its own; set up once for a spec file.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright/test';
import { missingForDesktop, startDesktop, type Desktop } from './desktop.ts';
import { agentEnvironment, layOutElectron, missingForElectron, type RuntimeFiles } from './electron-program.ts';
import { endProcess, type BusOptions } from './session-bus.ts';
import { missingForX, startXSession, type XSessionOptions } from './x-session.ts';

/** Where somebody's settings and data lie. */
export interface Home {
  readonly folder: string;
  readonly config: string;
  /** Of the programs that watch an invented typist; the live one uses the default below `XDG_DATA_HOME`. */
  readonly data: string;
  readonly env: Record<string, string>;
}

export interface Ended {
  readonly code: unknown;
  readonly stderr: string;
}

export interface Stage {
  readonly desktop: Desktop;
  readonly display: string;
  /** A folder that nobody else uses. */
  readonly home: (name: string) => Home;
  /** Starts the application under Playwright's eyes. */
  readonly launch: (home: Home, args: readonly string[]) => Promise<ElectronApplication>;
  /** Starts it, or another application, as its user does: nothing listens in, nothing is added to its memory. */
  readonly start: (home: Home, args: readonly string[], application?: string) => ChildProcess;
  /** The same, until it ends. */
  readonly run: (home: Home, args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Ended>;
  /** Ends what was launched or started and has not ended by itself. */
  readonly clear: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Pictures and figures are kept here. */
export const ARTEFACTS = path.resolve(import.meta.dirname, '../out/e2e');
/** A test that does nothing else but wait for the end of a program. */
const RUN_LIMIT_MS = 30_000;
/** Chromium's sandbox refuses to work for root; that is the machine of the test, not the product. */
const FOR_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Why the application cannot be tested here; null when it can. */
export const missingForStage = (): string | null => missingForElectron() ?? missingForX() ?? missingForDesktop();

export interface StageOptions extends XSessionOptions, BusOptions {
  readonly runtime?: RuntimeFiles;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const root = mkdtempSync(path.join(tmpdir(), 'seclyzer-stage-'));
  const { runtime, startsServices = false, ...screenOptions } = options;
  const program = layOutElectron(path.join(root, 'electron'), undefined, runtime);
  const screen = await startXSession({ inputWindow: false, ...screenOptions });
  const desktop = await startDesktop(screen.display, path.join(root, 'desktop'), { startsServices });
  const launched: ElectronApplication[] = [];
  const started: ChildProcess[] = [];

  const start: Stage['start'] = (home, args, application) => {
    const file =
      application === undefined
        ? program
        : layOutElectron(path.join(root, path.basename(application)), application, runtime);
    const child = spawn(file, [...FOR_ROOT, ...args], { cwd: home.folder, env: home.env, stdio: 'ignore' });
    started.push(child);
    return child;
  };
  const clear = async (): Promise<void> => {
    for (const app of launched.splice(0)) await app.close();
    for (const child of started.splice(0)) await endProcess(child);
  };
  return {
    desktop,
    display: screen.display,
    home: (name) => makeHome(path.join(root, name), desktop.env),
    launch: async (home, args) => {
      const app = await _electron.launch({ executablePath: program, args: [...args], cwd: home.folder, env: home.env });
      launched.push(app);
      return app;
    },
    start,
    run: (home, args, env = home.env) =>
      new Promise((resolve) => {
        const limits = { cwd: home.folder, env, timeout: RUN_LIMIT_MS };
        execFile(program, [...FOR_ROOT, ...args], limits, (error, _stdout, stderr) =>
          resolve({ code: error === null ? 0 : error.code, stderr }),
        );
      }),
    clear,
    stop: async () => {
      await clear();
      await desktop.stop();
      await screen.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function makeHome(folder: string, desktop: Record<string, string>): Home {
  const config = path.join(folder, 'config');
  mkdirSync(config, { recursive: true });
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const own = {
    HOME: folder,
    XDG_CONFIG_HOME: config,
    XDG_DATA_HOME: path.join(folder, 'share'),
    XDG_CACHE_HOME: path.join(folder, 'cache'),
  };
  return {
    folder,
    config,
    data: path.join(folder, 'data'),
    env: { ...Object.fromEntries(inherited), ...desktop, ...own, ...agentEnvironment() },
  };
}
