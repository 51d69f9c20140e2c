// Enters: what the shell is to do. Leaves: the agent's process, not yet started, with what it is to be told at each start.
import { homedir } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import type { AgentOptions } from '../../src-preload/contract.ts';
import { settingsFileFor } from '../config-folder.ts';
import { startUnderNode, type AgentChild, type AgentProgram } from './agent-child.ts';
import { createAgentProcess, type AgentProcess } from './agent-process.ts';
import { startUtility } from './agent-utility.ts';
import type { LaunchArguments } from './arguments.ts';
import { createShellKey } from './data-key.ts';

export interface Shell {
  /** Where out/, assets/ and models/ lie, with links followed. */
  readonly root: string;
  readonly launch: LaunchArguments;
  /** A Node for the agent, where Electron's own is too old for it. */
  readonly agentNode: string | undefined;
}

/** Once `app` is ready. */
export function createAgent({ root, launch, agentNode }: Shell): AgentProcess {
  // A plain Node reads no archive; what it needs is unpacked beside it.
  const agentRoot = agentNode === undefined ? root : root.replace(/\bapp\.asar$/, 'app.asar.unpacked');
  const program: AgentProgram = {
    file: path.join(agentRoot, 'out/main/agent-host.js'),
    version: app.getVersion(),
    env: process.env,
  };
  const spawn = (): AgentChild =>
    agentNode === undefined ? startUtility(program) : startUnderNode(program, agentNode);
  const { dataDir, ownData, source, enrol, inputIsScripted } = launch;
  const dataKey = createShellKey(dataDir);
  const options = async (): Promise<AgentOptions> => ({
    dataDir,
    modelsDir: path.join(agentRoot, 'models'),
    settingsFile: settingsFileFor({ dataDir, own: ownData }, process.env, homedir()),
    host: 'tray',
    inputIsScripted,
    dataKey: await dataKey(),
    source,
    logs: null,
    enrol,
  });
  return createAgentProcess(spawn, options);
}
