// The lines of a soak's record: what was run, what was measured every ten seconds, what was done, and how it ended. One JSON object a line.
import { readFileSync } from 'node:fs';
import { whyUnreadable } from '../agent/thrown.ts';
import type { Machine } from './bench-machine.ts';
import type { ClientCounts } from './soak-client.ts';
import type { Outside } from './soak-measure.ts';

export interface SoakStart {
  readonly kind: 'start';
  readonly minutes: number;
  readonly speed: number;
  /** That the agent had behind it; older records know of none. */
  readonly livedHours?: number;
  /** Of the sources; null where they are no checkout. */
  readonly commit: string | null;
  readonly startedMs: number;
  readonly machine: Machine;
  readonly input: string;
}

export interface SoakSample {
  readonly kind: 'sample';
  /** Since the start, by the wall. */
  readonly wallS: number;
  readonly lifeS: number;
  /** Of the machine: others work on it too. */
  readonly load: number;
  readonly driverCpuSeconds: number;
  readonly outside: Outside;
  readonly agent: SoakAgentSays | null;
  readonly fed: SoakFed;
  readonly client: ClientCounts;
  readonly complaints: number;
}

export interface SoakAgentSays {
  readonly state: string;
  readonly trust: number | null;
  readonly published: number;
  readonly refused: number;
  readonly dropped: number;
  readonly lastRefusal: string | null;
  readonly modalities: Readonly<Record<string, string>>;
  readonly notices: readonly { readonly level: string; readonly text: string }[];
  readonly incidents: number;
}

export interface SoakFed {
  readonly events: number;
  readonly refused: number;
  /** Left out because they were late: the agent was stopped, or this machine was busy. */
  readonly late: number;
  readonly logLines: number;
}

export interface SoakEvent {
  readonly kind: 'event';
  readonly wallS: number;
  readonly text: string;
}

export interface SoakEnd {
  readonly kind: 'end';
  readonly wallS: number;
  readonly exit: number | string;
  readonly complaints: readonly string[];
  readonly decisions: number;
}

export type SoakLine = SoakStart | SoakSample | SoakEvent | SoakEnd;

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`cannot read the record ${file}: ${whyUnreadable(error)}`, { cause: error });
  }
}

/** Of a run under way the last line may be half written: it is left out. @throws Error for a file that is no record. */
export function readRecord(file: string): readonly SoakLine[] {
  const lines = textOf(file).split('\n').slice(0, -1);
  const [first] = lines;
  if (first === undefined || !first.startsWith('{"kind":"start"')) throw new Error(`${file} is no record of a soak.`);
  return lines.map((line) => JSON.parse(line) as SoakLine);
}
