// What the agent knows in, what the other machines' viewers may know of it out: facts and names of things. No key, title, text, address or
// user of the log is among them; those stay on the host.
import { PRESENCE_FORMAT, type DecisionPresence, type HostPresence } from '../../../../src-preload/fleet.ts';
import {
  RISKS,
  type Decision,
  type GuardStatus,
  type HostAnomaly,
  type Incident,
  type ResourceView,
  type Snapshot,
} from '../../../../src-preload/contract.ts';

/** Who tells: what does not change while the program runs. */
export type Teller = Pick<HostPresence, 'id' | 'host' | 'user' | 'version' | 'role' | 'startedMs'>;

export interface Told {
  readonly snapshot: Snapshot;
  readonly guard: Pick<GuardStatus, 'running' | 'open'>;
  /** Newest first. */
  readonly anomalies: readonly HostAnomaly[];
  /** The worst first. */
  readonly incidents: readonly Incident[];
  readonly governor: ResourceView['governor'];
  /** Newest first. */
  readonly decisions: readonly Decision[];
}

export const MOST_LISTED = 5;
const HOST_MOST = 255;
const METRIC_MOST = 160;
const REASON_MOST = 600;

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
/** Finer than that nobody reads it, and an entry that says nothing new is not sent. */
const tenth = (value: number): number => Math.round(value * 10) / 10;
const trustOf = (trust: number | null): number | null => (trust === null ? null : tenth(trust));

export function presenceOf(teller: Teller, told: Told): HostPresence {
  const { snapshot, guard } = told;
  const { state, sinceMs, paused, screen, source, trust, low, high, budget } = snapshot;
  return {
    format: PRESENCE_FORMAT,
    ...teller,
    host: cut(teller.host, HOST_MOST),
    user: cut(teller.user, HOST_MOST),
    ...{ source, state, sinceMs, paused, screen },
    ...{ trust: trustOf(trust), low: trustOf(low), high: trustOf(high) },
    modalities: snapshot.modalities.map(({ modality, status, score }) => ({ modality, status, score: trustOf(score) })),
    open: guard.running ? guard.open : null,
    incidents: told.incidents
      .filter(({ acknowledgedMs }) => acknowledgedMs === null)
      .slice(0, MOST_LISTED)
      .map(incidentPresence),
    anomalies: told.anomalies
      .slice(0, MOST_LISTED)
      .map(({ ts, metric, severity }) => ({ atMs: ts, metric: cut(metric, METRIC_MOST), severity })),
    budget:
      budget === null
        ? null
        : {
            memoryMiB: useOf(budget.memoryMiB),
            cpuPercent: useOf(budget.cpuPercent),
            storageMiB: useOf(budget.storageMiB),
          },
    governor: told.governor.standing.map(({ ladder, step, name }) => ({
      ...{ ladder, step, name },
      of: told.governor.steps.filter((one) => one.ladder === ladder).length,
    })),
    decisions: told.decisions.slice(0, MOST_LISTED).map(decisionPresence),
  };
}

const useOf = ({ used, limit }: { readonly used: number; readonly limit: number }) => ({ used: tenth(used), limit });

function incidentPresence({ lastMs, risk, techniques, alerts }: Incident): HostPresence['incidents'][number] {
  const [worst] = techniques;
  const technique = worst === undefined ? 'No technique of ATT&CK' : `${worst.id} ${worst.name}`;
  return { atMs: lastMs, risk, technique: cut(technique, METRIC_MOST), alerts };
}

const decisionPresence = ({ atMs, from, to, trust, points, reason }: Decision): DecisionPresence => ({
  ...{ atMs, from, to, trust: trustOf(trust), reason: cut(reason, REASON_MOST) },
  points: Object.fromEntries(Object.entries(points).map(([name, moved]) => [name, tenth(moved)])),
});

/** Whether the log guard has anything open. */
export const hasOpen = ({ running, open }: Told['guard']): boolean => running && RISKS.some((risk) => open[risk] > 0);
