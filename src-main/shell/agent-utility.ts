// Enters: the agent's program. Leaves: its process, run by Electron's own Node in a utility process.
import { app, utilityProcess, type Details, type Event } from 'electron';
import { FOR_DAYS } from '../engine-flags.ts';
import { agentEnvironment, type AgentChild, type AgentExit, type AgentProgram } from './agent-child.ts';

/** Its name in process lists and in `app.getAppMetrics()`. */
const SERVICE_NAME = 'seclyzer agent';

/**
 * As agent/small-heap.ts does for itself under plain Node. A switch of the process that is started, since there the engine takes no flags
 * once it runs; those of Node's own kind it does not take at all.
 */
const SMALL_HEAP = `--js-flags=${FOR_DAYS.join(' ')}`;

/** `exit` comes a little before `child-process-gone`, which alone tells a crash from an exit with the same number. */
const CRASH_NEWS_MS = 200;

/** Only after `app` is ready. */
export function startUtility(program: AgentProgram): AgentChild {
  const child = utilityProcess.fork(program.file, [program.version], {
    serviceName: SERVICE_NAME,
    execArgv: [SMALL_HEAP],
    env: agentEnvironment(program.env),
  });
  let alive = true;
  child.once('exit', () => (alive = false));
  return {
    carriesPorts: true,
    send: (message, ports) => {
      if (alive) child.postMessage(message, ports);
    },
    onMessage: (listener) => {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onExit: (listener) => {
      const exited = (code: number): void => void exitOf(code).then(listener);
      child.once('exit', exited);
      return () => child.off('exit', exited);
    },
    kill: () => {
      // Not `child.kill()`: that asks, and this is for an agent that does not listen.
      if (alive && child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
}

function exitOf(code: number): Promise<AgentExit> {
  return new Promise((resolve) => {
    const gone = (_event: Event, { name, reason }: Details): void => {
      if (name === SERVICE_NAME && reason !== 'clean-exit') settle({ kind: 'crashed', how: reason });
    };
    const settle = (exit: AgentExit): void => {
      clearTimeout(timer);
      app.off('child-process-gone', gone);
      resolve(exit);
    };
    const timer = setTimeout(() => settle({ kind: 'exited', code }), CRASH_NEWS_MS);
    app.on('child-process-gone', gone);
  });
}
