// For tests of the transports: an agent that answers from fixed values and pushes when told to.
import { SETTINGS } from './settings.fixture.ts';
import { WHOLE_LOG } from './whole-log.fixture.ts';
import { DELETED, exportedPieces, KEPT } from './kept-data.fixture.ts';
import { RESOURCES_FIXTURE, RESOURCE_HISTORY_FIXTURE } from './resources.fixture.ts';
import type {
  DataPeriod,
  Drill,
  Handlers,
  HostView,
  LearnedModality,
  Learning,
  Push,
  Snapshot,
} from '../../../src-preload/contract.ts';
import { guardReading } from '../../../src-preload/guard.fixture.ts';
import { guessing } from '../../../src-preload/incident.fixture.ts';

export const SNAPSHOT: Snapshot = {
  version: '0.1.0',
  atMs: 1_700_000_000_000,
  source: 'synthetic',
  state: 'NORMAL',
  sinceMs: 1_699_999_000_000,
  paused: null,
  locking: null,
  screen: 'open',
  trust: 91.4,
  low: 84,
  high: 96,
  sentence: 'This is you.',
  enrolment: { share: 1, sentence: 'Learned.' },
  modalities: [
    {
      modality: 'keystroke',
      status: 'scoring',
      ...{ reason: null, fix: null, through: 'XInput2' },
      score: 88,
      pointsLastMinute: 1.5,
      evidence: { have: 84, need: 100, unit: 'keystrokes' },
      enrolment: { have: 600, need: 600, unit: 'keystrokes' },
      strongest: 'hold times fit',
    },
    {
      modality: 'mouse',
      status: 'unavailable',
      reason: 'no X display',
      fix: 'Start SecLyzer inside your desktop session.',
      through: null,
      score: null,
      pointsLastMinute: 0,
      evidence: { have: 0, need: 100, unit: 'movements' },
      enrolment: { have: 0, need: 400, unit: 'movements' },
      strongest: null,
    },
  ],
  budget: {
    memoryMiB: { used: 84.2, limit: 400 },
    cpuPercent: { used: 0.42, limit: 6 },
    storageMiB: { used: 1.6, limit: 1024 },
  },
  events: { published: 1200, refused: 2, dropped: 0, lastRefusal: '"ts" is missing' },
  notices: [],
};

const SHARE = { value: 0.021, low: 0.01, high: 0.04 };
const NOTHING = { maturity: 'none', have: 0, versions: [] } satisfies Partial<LearnedModality>;
export const LEARNING: Learning = {
  profiles: [
    {
      ...{ id: '1', name: 'Usual', createdMs: 1_699_000_000_000, status: 'in-use' },
      modalities: [
        {
          ...{ modality: 'keystroke', maturity: 'mature', have: 1500, need: 1500, unit: 'keystrokes' },
          sentence: 'Learned in full from 4,210 keystrokes.',
          versions: [
            {
              ...{ version: 3, createdMs: 1_700_000_000_000, why: 'more', events: 4210, inUse: true },
              accuracy: {
                ...{ window: '50 keystrokes', genuineTrials: 80, impostorTrials: 800 },
                ...{ eer: SHARE, far: SHARE, frr: SHARE, det: [] },
              },
            },
            {
              ...{ version: 1, createdMs: 1_700_000_000_000, why: 'enrolment', events: 1500, inUse: false },
              accuracy: null,
            },
          ],
        },
        {
          ...{ ...NOTHING, modality: 'mouse', have: 186, need: 300, unit: 'mouse movements' },
          sentence: '62 %, about 6 min of mouse use to go.',
        },
      ],
    },
    {
      ...{ id: '2', name: 'Dock', createdMs: 1_699_500_000_000, status: 'learning' },
      modalities: [
        {
          ...{ ...NOTHING, modality: 'keystroke', need: 1500, unit: 'keystrokes' },
          sentence: '0 %, about 10 min of typing to go.',
        },
      ],
    },
  ],
  shared: [
    {
      ...{ ...NOTHING, modality: 'app', need: 150, unit: 'application switches' },
      sentence: '0 %, about 75 min of work to go.',
    },
  ],
  alarms: [
    { atMs: 1_699_999_000_000, to: 'LOCKDOWN', reason: 'Trust fell.', verdict: null, canTeach: true },
    { atMs: 1_699_998_000_000, to: 'RESTRICTED', reason: 'Trust fell.', verdict: 'owner', canTeach: false },
  ],
  refusal: null,
};
export const DRILL: Drill = {
  startedMs: 0,
  untilMs: 120_000,
  endedMs: null,
  keystrokes: 0,
  lowestTrust: null,
  alarms: [],
  sentence: 'The drill has begun.',
};

export interface AgentFixture {
  readonly handlers: Handlers;
  readonly subscribe: (listener: (push: Push) => void) => () => void;
  readonly exported: (period: DataPeriod) => AsyncGenerator<string>;
  readonly push: (push: Push) => void;
  readonly listeners: () => number;
  /** Names of the calls that came, in order. */
  readonly calls: string[];
}
const HOST: HostView = {
  ...{ enabled: true, intervalSeconds: 1, cpuPercent: 0.3, atMs: 1_700_000_000_000, collectors: [] },
  ...{ metrics: [], processes: null, trends: [], newestAnomaly: null },
  syscalls: { ok: false, reason: 'the syscall helper does not run', fix: 'Install it.' },
};

export function createAgentFixture(snapshot: () => Snapshot = () => SNAPSHOT): AgentFixture {
  const listeners = new Set<(push: Push) => void>();
  const calls: string[] = [];
  const answer =
    <T>(name: string, value: () => T) =>
    async (): Promise<T> => {
      calls.push(name);
      return value();
    };
  /** Keeps what it was asked with as well. */
  const answerWith =
    <T>(name: string, value: () => T) =>
    async (arg: unknown): Promise<T> => {
      calls.push(`${name} ${JSON.stringify(arg)}`);
      return value();
    };
  return {
    handlers: {
      snapshot: answer('snapshot', snapshot),
      trustHistory: async ({ minutes }) => {
        calls.push(`trustHistory ${minutes}`);
        return [];
      },
      decisions: answer('decisions', () => []),
      train: answer('train', () => ['keystroke: trained on 600 keystrokes', 'mouse: not trained, 12 of 400 movements']),
      restartEnrolment: answer('restartEnrolment', () => null),
      keptData: answer('keptData', () => KEPT),
      deleteData: answerWith('deleteData', () => DELETED),
      exportPiece: answerWith('exportPiece', () => ({ id: 1, text: '{}', done: false })),
      exportFile: answerWith('exportFile', () => ({ path: '/home/ada/Downloads/seclyzer.json.gz', bytes: 9 })),
      audit: answer('audit', () => []),
      moment: answer('moment', () => ({ point: null, decision: null, said: [], entry: null })),
      verifyLog: answer('verifyLog', () => WHOLE_LOG),
      settings: answer('settings', () => SETTINGS),
      changeSettings: answer('changeSettings', () => SETTINGS),
      pause: answer('pause', () => null),
      resume: answer('resume', () => null),
      lockNow: answer('lockNow', () => null),
      learning: answer('learning', () => LEARNING),
      addProfile: answerWith('addProfile', () => LEARNING),
      renameProfile: answerWith('renameProfile', () => LEARNING),
      removeProfile: answerWith('removeProfile', () => LEARNING),
      useVersion: answerWith('useVersion', () => LEARNING),
      thatWasMe: answerWith('thatWasMe', () => 'Learned from 40 keystrokes.'),
      drill: answer('drill', () => null),
      startDrill: answer('startDrill', () => DRILL),
      endDrill: answer('endDrill', () => DRILL),
      incidents: answer('incidents', () => []),
      incident: answer('incident', () => ({ incident: guessing, alerts: [], lines: [], lineCount: 0, responses: [] })),
      logAlerts: answer('logAlerts', () => []),
      acknowledgeIncident: answer('acknowledgeIncident', () => guessing),
      influxRejected: answer('influxRejected', () => []),
      guard: answer('guard', () => guardReading),
      host: answer('host', () => HOST),
      watchHost: answer('watchHost', () => HOST),
      hostSeries: answer('hostSeries', () => []),
      hostAnomalies: answer('hostAnomalies', () => []),
      resources: answer('resources', () => RESOURCES_FIXTURE),
      watchResources: answer('watchResources', () => RESOURCES_FIXTURE),
      resourceHistory: answer('resourceHistory', () => [...RESOURCE_HISTORY_FIXTURE]),
      hostAnomaly: async () => {
        throw new Error('There is no anomaly.');
      },
    },
    subscribe: (listener) => {
      listeners.add(listener);
      listener({ push: 'snapshot', data: snapshot() });
      return () => void listeners.delete(listener);
    },
    exported: exportedPieces,
    push: (push) => {
      for (const listener of listeners) listener(push);
    },
    listeners: () => listeners.size,
    calls,
  };
}
