// Enters: the agent's program and a Node to run it. Leaves: its process, as the shell sees it whichever way it was started.
import { fork } from 'node:child_process';
import type { MessagePortMain } from 'electron';
import type { MainMessage } from '../../src-preload/contract.ts';

/** How a process ended: by its own decision, or not. */
export type AgentExit =
  { readonly kind: 'exited'; readonly code: number } | { readonly kind: 'crashed'; readonly how: string };

/** Listeners return what takes them off again. */
export interface AgentChild {
  /** Whether `send` can hand over a port. Where it cannot, the shell relays. */
  readonly carriesPorts: boolean;
  /** Goes nowhere once the process has ended. */
  readonly send: (message: MainMessage, ports?: MessagePortMain[]) => void;
  /** Unchecked. */
  readonly onMessage: (listener: (message: unknown) => void) => () => void;
  /** Called once. */
  readonly onExit: (listener: (exit: AgentExit) => void) => () => void;
  readonly kill: () => void;
}

export interface AgentProgram {
  /** The bundled host-electron.ts. */
  readonly file: string;
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts the agent under the Node at `execPath`, for an Electron whose own Node is too old for it. */
export function startUnderNode(program: AgentProgram, execPath: string): AgentChild {
  const child = fork(program.file, [program.version], {
    execPath,
    execArgv: [],
    env: agentEnvironment(program.env),
    // JSON would break typed arrays.
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    carriesPorts: false,
    send: (message) => {
      if (child.connected) child.send(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onExit: (listener) => {
      const exited = (code: number | null, signal: NodeJS.Signals | null): void =>
        listener(code === null ? { kind: 'crashed', how: signal ?? 'unknown signal' } : { kind: 'exited', code });
      const neverStarted = ({ message }: Error): void => {
        if (child.pid === undefined) listener({ kind: 'crashed', how: message });
      };
      child.once('exit', exited).on('error', neverStarted);
      return () => child.off('exit', exited).off('error', neverStarted);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The environment without what was meant for Electron, Node or npm rather than for the agent. */
export function agentEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = /^(ELECTRON_|NODE_|npm_|SECLYZER_AGENT_NODE$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}
