// A model's bytes enter when its first rows do; scores leave. The session of onnxruntime is made when it is first
// needed and released when nobody has asked for a while: the first session costs some 30 MB, each forest about 4 MB
// more.
import type { InferenceSession } from 'onnxruntime-node';
import { messageOf } from '../thrown.ts';
import { OPEN_GATE, type ModelGate } from './model-gate.ts';
import { loadOnnxRuntime } from './onnx-runtime.ts';

export interface SessionOptions {
  /** Features in a row. */
  readonly width: number;
  /** Of the model, for messages. */
  readonly name?: string;
  /** Without a call for this long the session is released; the next call makes another. By default what the gate says. */
  readonly idleMs?: number;
  /** Says whether there is memory for a session; by default there is. */
  readonly gate?: ModelGate;
}

export interface LazySession {
  /**
   * @param rows one row or several, n × width values by row. @returns one score a row.
   * @throws ModelRefused while there is no memory for it. Error for values that are no whole rows, or a model that can't be loaded or run.
   */
  readonly run: (rows: Float32Array) => Promise<Float32Array>;
  /** Gives the memory back after the calls that are under way. Safe to call at any time; the next `run` loads anew. */
  readonly release: () => Promise<void>;
  /** Whether a session is held, or being made. */
  readonly loaded: boolean;
}

/** One thread: on small models more of them cost latency, and memory each. */
const SESSION_OPTIONS = {
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  // Errors only: they are thrown as well, and warnings would go to the terminal.
  logSeverityLevel: 3,
} as const satisfies InferenceSession.SessionOptions;

/** @param read reads and checks the bytes of the model, each time that a session is made. */
export function lazySession(read: () => Promise<Uint8Array>, options: SessionOptions): LazySession {
  const { width, name = 'without a name', gate = OPEN_GATE } = options;
  const place = gate.enter({ name, loaded: () => session !== null, release, rest: restWhenIdle });
  let session: Promise<InferenceSession> | null = null;
  let idle: NodeJS.Timeout | null = null;
  const running = new Set<Promise<unknown>>();

  function stayAwake(): void {
    if (idle !== null) clearTimeout(idle);
    idle = null;
  }

  async function release(): Promise<void> {
    stayAwake();
    const held = session;
    session = null;
    await Promise.allSettled(running);
    // One that could not be made has nothing to give back, and has told its callers.
    const made = await held?.catch(() => null);
    await made?.release();
  }

  function open(): Promise<InferenceSession> {
    if (session !== null) return session;
    gate.mustAllow(name);
    const opening = place.measured(() => createSession(read, name));
    session = opening;
    opening.catch(() => {
      if (session === opening) session = null;
    });
    return opening;
  }

  function restWhenIdle(): void {
    stayAwake();
    if (running.size > 0 || session === null) return;
    idle = setTimeout(() => void release(), options.idleMs ?? gate.idleMs());
    idle.unref();
  }

  async function run(rows: Float32Array): Promise<Float32Array> {
    if (rows.length === 0 || rows.length % width !== 0) {
      throw new Error(`model ${name} reads rows of ${width} features; ${rows.length} values are no such rows`);
    }
    stayAwake();
    const call = open().then(async (opened) => await score(opened, rows, width, name));
    running.add(call);
    try {
      return await call;
    } finally {
      running.delete(call);
      restWhenIdle();
    }
  }

  return {
    run,
    release,
    get loaded() {
      return session !== null;
    },
  };
}

async function createSession(read: () => Promise<Uint8Array>, name: string): Promise<InferenceSession> {
  const { InferenceSession } = await loadOnnxRuntime();
  // What reading refuses, it explains itself.
  const model = await read();
  try {
    return await InferenceSession.create(model, SESSION_OPTIONS);
  } catch (error) {
    throw new Error(`model ${name} can't be loaded: ${messageOf(error)}; train again`, { cause: error });
  }
}

async function score(
  session: InferenceSession,
  rows: Float32Array,
  width: number,
  name: string,
): Promise<Float32Array> {
  const { Tensor } = await loadOnnxRuntime();
  const [input] = session.inputNames;
  const [output] = session.outputNames;
  if (input === undefined || output === undefined)
    throw new Error(`model ${name} has no input or no output; train again`);
  const count = rows.length / width;
  const batch = new Tensor('float32', rows, [count, width]);
  const answer = await session.run({ [input]: batch }).catch((error: unknown) => {
    throw new Error(`model ${name} can't be run: ${messageOf(error)}; train again`, { cause: error });
  });
  const scores = answer[output]?.data;
  if (!(scores instanceof Float32Array) || scores.length !== count) {
    throw new Error(`model ${name} did not answer one score a row; train again`);
  }
  return scores;
}
