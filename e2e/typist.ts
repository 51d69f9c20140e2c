// An invented person at a real X display: the plans of the synthetic typist, carried out with xdotool, so that all of
// SecLyzer down to the native hook takes part. Also a program:
//   node e2e/typist.ts --as ada --seconds 60 [--keystrokes 500] [--mouse] [--display :7] [--seed 1]
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { keyChanges, typistByName, work, type Doing, type TypistProfile } from '../src-main/agent/collect/synthetic.ts';
import { createRandom } from '../src-main/agent/learn/random.ts';

export interface TypeAsOptions {
  readonly display: string;
  /** Whichever comes first; 60 s when neither is given. */
  readonly seconds?: number;
  readonly keystrokes?: number;
  /** Uses the mouse between the bursts of typing. */
  readonly withMouse?: boolean;
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

export interface Typed {
  readonly keystrokes: number;
  readonly mouseSteps: number;
  readonly seconds: number;
}

/** One command of xdotool and the moment at which the plan wants it. */
interface Command {
  readonly atMs: number;
  readonly text: string;
  /** What this lets go of again; null for what presses, moves or scrolls. */
  readonly releases: string | null;
  readonly presses: string | null;
}

/** What xdotool needs for one command, measured; taken off the waits so that the plan is kept on average. */
const COMMAND_MS = 0.3;
/** How far ahead of the plan commands are handed over. */
const LEAD_MS = 400;

/** Works until the time or the number of keystrokes is reached; nothing stays pressed. Rejects when xdotool fails. */
export async function typeAs(profile: TypistProfile, options: TypeAsOptions): Promise<Typed> {
  const { display, keystrokes = Infinity, withMouse = false, seed = Date.now(), signal } = options;
  const seconds = options.seconds ?? (options.keystrokes === undefined ? 60 : Infinity);
  const xdotool = spawn('xdotool', ['-'], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { ...process.env, DISPLAY: display },
  });
  const exit = exitOf(xdotool);
  const startMs = performance.now();
  const elapsedMs = (): number => performance.now() - startMs;
  const limit = { keystrokes, ms: seconds * 1000 };
  const pressed = new Set<string>();
  const planned: Command[] = [];
  let planMs = 0;
  for (const doing of work(profile, createRandom(seed))) {
    if (keystrokesOf(planned) >= keystrokes || planMs >= limit.ms || signal?.aborted || xdotool.exitCode !== null)
      break;
    if (doing.kind === 'focus' || (doing.kind === 'mouse' && !withMouse)) continue;
    const { commands, durationMs } = commandsFor(doing);
    const left = { keystrokes: keystrokes - keystrokesOf(planned), ms: limit.ms - planMs };
    const chosen = withinLimits(commands, left, pressed);
    const lastMs = chosen.length < commands.length ? (chosen.at(-1)?.atMs ?? 0) : durationMs;
    xdotool.stdin.write(script(chosen, lastMs));
    for (const command of chosen) planned.push({ ...command, atMs: command.atMs + planMs });
    planMs += lastMs;
    await Promise.race([wait(planMs - LEAD_MS - elapsedMs(), signal), exit]);
  }
  if (signal?.aborted) xdotool.kill();
  xdotool.stdin.end();
  await exit;
  await letGo(pressed, display);
  const doneMs = elapsedMs();
  const carriedOut = signal?.aborted ? planned.filter(({ atMs }) => atMs <= doneMs) : planned;
  const typed = keystrokesOf(carriedOut);
  return { keystrokes: typed, mouseSteps: carriedOut.filter(isMouse).length, seconds: doneMs / 1000 };
}

const isKeyDown = ({ text }: Command): boolean => text.startsWith('keydown');
const isMouse = ({ text }: Command): boolean => !text.startsWith('key');
const keystrokesOf = (commands: readonly Command[]): number => commands.filter(isKeyDown).length;

async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  const interrupted = (): undefined => undefined; // The loop looks at the signal itself.
  if (ms > 0) await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(interrupted);
}

/** Resolves at the end of the process; rejects when it could not start or failed. A kill of ours is no failure. */
function exitOf(child: ChildProcess): Promise<void> {
  const exit = new Promise<void>((resolve, reject) => {
    child.on('error', (error) =>
      reject(new Error(`xdotool can not be started (${error.message}): sudo apt-get install xdotool`)),
    );
    child.on('exit', (code) =>
      code === 0 || code === null ? resolve() : reject(new Error(`xdotool failed with code ${code}`)),
    );
  });
  child.stdin?.on('error', () => undefined); // A broken pipe: the exit tells why.
  exit.catch(() => undefined); // It is awaited at the end; until then a rejection is no unhandled one.
  return exit;
}

/** Drops what lies beyond the limits, but never the release of something pressed. Adds what it presses to `pressed`. */
function withinLimits(
  commands: readonly Command[],
  left: { readonly keystrokes: number; readonly ms: number },
  pressed: Set<string>,
): readonly Command[] {
  let keystrokes = 0;
  const held = new Set<string>();
  return commands.filter((command) => {
    const { atMs, presses, releases } = command;
    if (releases !== null) return held.delete(releases);
    if (atMs >= left.ms || (isKeyDown(command) && keystrokes >= left.keystrokes)) return false;
    if (isKeyDown(command)) keystrokes += 1;
    if (presses !== null) {
      held.add(presses);
      pressed.add(presses);
    }
    return true;
  });
}

function commandsFor(doing: Doing): { readonly commands: readonly Command[]; readonly durationMs: number } {
  if (doing.kind === 'typing') {
    const changes = keyChanges(doing.strokes);
    const commands = changes.map(({ atMs, key, event }): Command => {
      const name = X_NAMES[key] ?? key;
      return event === 'press'
        ? { atMs, text: `keydown --delay 0 ${name}`, presses: `keyup ${name}`, releases: null }
        : { atMs, text: `keyup --delay 0 ${name}`, presses: null, releases: `keyup ${name}` };
    });
    return { commands, durationMs: changes.at(-1)?.atMs ?? 0 };
  }
  if (doing.kind === 'mouse') {
    const commands = doing.steps.map((step, i) => mouseCommand(step, doing.steps[i - 1]));
    return { commands, durationMs: doing.durationMs };
  }
  return { commands: [], durationMs: doing.kind === 'rest' ? doing.durationMs : 0 };
}

type Step = Extract<Doing, { kind: 'mouse' }>['steps'][number];

/** xdotool sets the pointer to a place without any device; only what it moves by is a motion like that of a mouse. */
function mouseCommand(step: Step, before: Step | undefined): Command {
  const { atMs } = step;
  const move =
    before === undefined
      ? `mousemove ${step.x} ${step.y}`
      : `mousemove_relative -- ${step.x - before.x} ${step.y - before.y}`;
  if (step.event === 'move') return { atMs, text: move, presses: null, releases: null };
  if (step.event === 'scroll')
    return { atMs, text: `click ${step.scroll_delta > 0 ? 4 : 5}`, presses: null, releases: null };
  const button = step.button === 'Left' ? 1 : 3;
  return step.event === 'press'
    ? { atMs, text: `mousedown ${button}`, presses: `mouseup ${button}`, releases: null }
    : { atMs, text: `mouseup ${button}`, presses: null, releases: `mouseup ${button}` };
}

/**
 * The names of X11 keysyms where they differ from those of the recording format. Shift_R is given by its key code, the
 * same on all evdev keyboards: by its name xdotool would press Shift_L as well.
 */
// prettier-ignore
const X_NAMES: Readonly<Record<string, string>> = {
  '.': 'period', ',': 'comma', "'": 'apostrophe', ';': 'semicolon', '/': 'slash', '-': 'minus', '=': 'equal',
  '[': 'bracketleft', ']': 'bracketright', '\\': 'backslash', '`': 'grave', Shift_R: '62',
};

function script(commands: readonly Command[], durationMs: number): string {
  const lines: string[] = [];
  let clockMs = 0;
  const waitUntil = (atMs: number): void => {
    const waitMs = atMs - clockMs;
    if (waitMs > 0.1) lines.push(`sleep ${(waitMs / 1000).toFixed(5)}`);
    clockMs = Math.max(clockMs, atMs);
  };
  for (const { atMs, text } of commands) {
    waitUntil(atMs);
    lines.push(text);
    clockMs += COMMAND_MS;
  }
  waitUntil(durationMs);
  return `${lines.join('\n')}\n`;
}

/** After an interruption anything may still be down; letting go of what is up does nothing. */
async function letGo(pressed: ReadonlySet<string>, display: string): Promise<void> {
  if (pressed.size === 0) return;
  const xdotool = spawn('xdotool', ['-'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, DISPLAY: display },
  });
  const exit = exitOf(xdotool);
  xdotool.stdin.end(`${[...pressed].join('\n')}\n`);
  await exit;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      as: { type: 'string', default: 'ada' },
      seconds: { type: 'string' },
      keystrokes: { type: 'string' },
      mouse: { type: 'boolean', default: false },
      display: { type: 'string', default: process.env['DISPLAY'] ?? '' },
      seed: { type: 'string' },
    },
  });
  if (values.display === '') throw new Error('no X display: set DISPLAY or give --display :N');
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  process.once('SIGTERM', () => stopping.abort());
  const typed = await typeAs(typistByName(values.as), {
    display: values.display,
    withMouse: values.mouse,
    signal: stopping.signal,
    ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
    ...(values.keystrokes === undefined ? {} : { keystrokes: Number(values.keystrokes) }),
    ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
  });
  console.log(
    `${values.as}: ${typed.keystrokes} keystrokes, ${typed.mouseSteps} mouse steps in ${typed.seconds.toFixed(1)} s`,
  );
}

if (import.meta.main) await main();
