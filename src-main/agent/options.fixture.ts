// For tests that start a whole agent: the synthetic typist on a folder of the test's own, the settings in it too.
import path from 'node:path';
import type { AgentOptions } from '../../src-preload/contract.ts';

export const syntheticOptions = (dataDir: string): AgentOptions => ({
  dataDir,
  modelsDir: path.resolve(import.meta.dirname, '../../models'),
  settingsFile: path.join(dataDir, 'settings.json'),
  host: 'tray',
  dataKey: null,
  inputIsScripted: false,
  source: { kind: 'synthetic', typist: 'ada' },
  // What is in the log of the machine that runs the test is nobody's business.
  logs: [],
  enrol: {},
});
