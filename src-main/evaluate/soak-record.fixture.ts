// For tests: the record of a made-up run, a sample every ten seconds, in which nothing happens but what a test says.
import type { Outside } from './soak-measure.ts';
import type { SoakAgentSays, SoakEnd, SoakSample, SoakStart } from './soak-record.ts';

export const START: SoakStart = {
  ...{ kind: 'start', minutes: 120, speed: 10, commit: 'abc1234', startedMs: Date.UTC(2026, 10, 21, 8) },
  machine: { cpu: 'a processor', cores: 2, memoryGiB: 8, system: 'Linux', node: '24.0.0' },
  input: 'Typing of nobody.',
};

export const END: SoakEnd = { kind: 'end', wallS: 7200, exit: 0, complaints: [], decisions: 12 };

const OUTSIDE: Outside = {
  ...{ pssMiB: 120, rssMiB: 180, anonymousMiB: 100, swapMiB: 0, threads: 11, children: 0, cpuSeconds: 0 },
  descriptors: { socket: 6, file: 18 },
  storage: { 'seclyzer.db': 8e6, 'seclyzer.db-wal': 1e6, 'guard.db': 2e6, 'models/a.onnx': 5e5, 'settings.json': 800 },
  inside: {
    ...{ heapUsedBytes: 32e6, heapLowBytes: 30e6, heapTotalBytes: 40e6, externalBytes: 20e6 },
    ...{ arrayBufferBytes: 12e6, mallocedBytes: 5e5, resources: { Timeout: 2, TCPServerWrap: 2 } },
  },
};

export const SAYS: SoakAgentSays = {
  ...{ state: 'NORMAL', trust: 98, published: 100, refused: 0, dropped: 0, lastRefusal: null },
  ...{ modalities: { keystroke: 'scoring' }, notices: [], incidents: 3 },
};

type Changes = Partial<Omit<SoakSample, 'outside'>> & { readonly outside?: Partial<Outside> };

/** @param changes of a sample, by the second of the wall. */
export function samplesOf(minutes: number, changes: (wallS: number) => Changes = () => ({})): readonly SoakSample[] {
  return Array.from({ length: minutes * 6 }, (_, i) => {
    const wallS = 10 * (i + 1);
    const { outside, ...rest } = changes(wallS);
    return {
      ...{ kind: 'sample', wallS, lifeS: 10 * wallS, load: 2, driverCpuSeconds: 0.04 * wallS },
      outside: { ...OUTSIDE, cpuSeconds: 0.15 * wallS, ...outside },
      agent: SAYS,
      fed: { events: 20 * wallS, refused: 0, late: 0, logLines: wallS },
      client: { requests: 3 * wallS, messages: wallS, refusals: {}, failures: {} },
      complaints: 0,
      ...rest,
    };
  });
}
