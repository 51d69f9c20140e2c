// Jobs in, their results out as they come, worked off by several processes of this program. Processes and not threads: the native
// libraries of the pipeline are made for one each, and a process can be ended in the middle of a computation.
import { fork, type ChildProcess } from 'node:child_process';

/** Ends the work early. */
export class Stopped extends Error {}

export interface PoolTask<Job> {
  /** A file that calls {@link serveJobs} when it is started with {@link WORKER_MARK}. */
  readonly file: string;
  readonly jobs: readonly Job[];
  /** A worker goes on with the lane that it is in while there is something in it: what was loaded for one job serves the next. */
  readonly laneOf: (job: Job) => number;
  readonly workers: number;
  readonly signal: AbortSignal;
}

export const WORKER_MARK = '--seclyzer-evaluation-worker';

type Answer<Result> = { readonly result: Result } | { readonly error: string };

/**
 * @param onResult told of each job's result, in the order of their ends.
 * @throws Error the first that a job ended in, Stopped when the signal came. No worker is left.
 */
export async function runJobs<Job extends object, Result>(
  task: PoolTask<Job>,
  onResult: (result: Result, job: Job) => void,
): Promise<void> {
  task.signal.throwIfAborted();
  const take = createQueue(task);
  const count = Math.min(task.workers, task.jobs.length);
  const children = Array.from({ length: count }, () =>
    fork(task.file, [WORKER_MARK], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
  const stop = (): void => {
    for (const child of children) child.kill('SIGKILL');
  };
  task.signal.addEventListener('abort', stop);
  try {
    await Promise.all(children.map((child, i) => workOff(child, (lane) => take(lane ?? i), onResult, task.laneOf)));
  } catch (error) {
    if (task.signal.aborted) throw new Stopped('stopped before the end', { cause: error });
    throw error;
  } finally {
    task.signal.removeEventListener('abort', stop);
    stop();
  }
}

/** @returns takes the next job of a lane, or else of the first lane that has one. */
function createQueue<Job>({ jobs, laneOf }: PoolTask<Job>): (lane: number) => Job | undefined {
  const lanes = [...Map.groupBy(jobs, laneOf)].sort(([a], [b]) => a - b);
  const queues = new Map(lanes.map(([lane, waiting]) => [lane, waiting.values()]));
  return (lane) => {
    for (const queue of [queues.get(lane), ...queues.values()]) {
      const next = queue?.next();
      if (next !== undefined && next.done !== true) return next.value;
    }
    return undefined;
  };
}

function workOff<Job extends object, Result>(
  child: ChildProcess,
  take: (lane: number | null) => Job | undefined,
  onResult: (result: Result, job: Job) => void,
  laneOf: (job: Job) => number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let job = take(null);
    const next = (): void => {
      if (job === undefined) resolve();
      else child.send(job);
    };
    child.on('message', (answer: Answer<Result>) => {
      if (job === undefined) return;
      if ('error' in answer) return reject(new Error(answer.error));
      onResult(answer.result, job);
      job = take(laneOf(job));
      next();
    });
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      reject(new Error(`a worker of the evaluation ended (${signal ?? `code ${code}`})`)),
    );
    next();
  });
}

/** In a process that {@link runJobs} started: works off what comes, one job after the other, until the other side is gone. */
export function serveJobs<Job, Result>(work: (job: Job) => Promise<Result>): void {
  // Ctrl-C reaches the whole group of processes; the parent says what is to be done.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit());
  process.on('message', (job: Job) => {
    void work(job).then(
      (result) => answer({ result }),
      (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
  const answer = (message: Answer<Result>): void => {
    if (process.connected) process.send?.(message);
  };
}
