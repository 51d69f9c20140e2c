// Sources and the store in, cycles out: reads what is new, makes of it what core.ts makes, and writes both down together. What could not
// be written waits, with its position, for the next time.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { randomInt } from 'node:crypto';
import type { LogBatch, LogNote, LogSource } from '../collect/logs-source.ts';
import type { ModelGate } from '../infer/model-gate.ts';
import { createRandom } from '../learn/random.ts';
import { messageOf } from '../thrown.ts';
import { writeBaseline } from './baseline-store.ts';
import type { GuardIncident } from './alert/incidents.ts';
import { createBounded } from './features/bounded.ts';
import { createCore, type Core } from './core.ts';
import { merged, NO_TIME, type Cycle } from './cycle.ts';
import { noChange, type Change, type Counts, type GuardStore, type ReadingMark } from './guard-records.ts';
import { BASELINE_KEY, keptBaseline } from './kept.ts';
import { createMinuteCount } from './minute-count.ts';
import { eventOf } from './parse/event.ts';
import { createParser, newTally, type Parser, type Tally } from './parse/parser.ts';
import type { GuardConfig } from './profile.ts';
import { LEAST_VECTORS, trainBaseline } from './score/baseline.ts';
import { together } from './together.ts';
import { createWarmMarks, type WarmMarks } from './warm-marks.ts';

export interface Engine {
  /** Reads all that is new. Never rejects. */
  readonly poll: () => Promise<void>;
  readonly core: Core;
  readonly counts: () => Counts;
  readonly tally: Tally;
  /** Read in the last minute. */
  readonly linesLastMinute: () => number;
  readonly mark: (name: string) => ReadingMark | null;
  /** Learns what is usual from what was seen; null where that was too little. */
  readonly train: (nowMs: number) => Promise<number | null>;
  readonly stop: () => Promise<void>;
}

export interface EngineParts {
  readonly config: GuardConfig;
  readonly store: GuardStore;
  readonly sources: readonly LogSource[];
  /** After it was written down. */
  readonly onCycle: (cycle: Cycle) => void;
  readonly onTrouble: (sentence: string) => void;
  readonly nowMs: () => number;
  /** Whether there is memory for the model. */
  readonly gate?: ModelGate | undefined;
  /** Whether the model may be learned anew now; by default always. */
  readonly mayTrain?: (() => boolean) | undefined;
}

interface Channel {
  readonly source: LogSource;
  readonly parser: Parser;
  /** For lines that come again. */
  readonly warmParser: Parser;
  readonly warm: WarmMarks;
  /** Before the first batch of this run. */
  firstWarm: string | null;
}

export async function startEngine(parts: EngineParts): Promise<Engine> {
  const { config, store, sources, onCycle, onTrouble, nowMs } = parts;
  const before = store.counts();
  const marks = new Map(store.marks());
  const rows = store.vectors();
  const core = createCore({
    ...{ config, onTrouble, gate: parts.gate },
    random: createRandom(randomInt(2 ** 31)),
    restored: { habits: store.habits(), rows, seen: Math.max(before.offered, rows.length) },
  });
  // Of a day, so that a restart tells nothing again.
  core.alerts.restore(store.alerts(2000, nowMs() - 86_400_000).toReversed(), before.nextAlert);
  core.incidents.restore(store.incidents(200, nowMs() - 86_400_000).toReversed(), before.nextIncident);
  await core.useBaseline(keptBaseline(store));

  const tally = newTally();
  const lately = createMinuteCount();
  const channels = sources.map((source): Channel => {
    const options = { format: source.format, role: source.role, notAfterMs: source.notAfterMs };
    return {
      source,
      parser: createParser(options, tally),
      warmParser: createParser(options, newTally()),
      warm: createWarmMarks(config.windowMs),
      firstWarm: marks.get(source.name)?.warm ?? null,
    };
  });
  let counts: Counts = before;
  let waiting: Change | null = null;
  let stopped = false;
  let [vectors, alerts, dropped] = [before.vectors, before.alerts, before.dropped];

  const countsNow = (): Counts => ({
    lines: before.lines + tally.lines,
    parsed: before.parsed + tally.parsed,
    unparsed: before.unparsed + tally.unparsed,
    events: before.events + tally.events,
    ...{ vectors, alerts, dropped },
    offered: core.reservoir.seen(),
    nextAlert: core.alerts.nextId(),
    nextIncident: core.incidents.nextId(),
  });
  const write = (change: Change): boolean => {
    const all = waiting === null ? change : together(waiting, change, config.queueSize);
    dropped += (waiting?.alerts.length ?? 0) + change.alerts.length - all.alerts.length;
    waiting = all;
    try {
      store.commit(all);
    } catch (error) {
      onTrouble(`What the log guard found could not be written: ${messageOf(error)}`);
      return false;
    }
    waiting = null;
    counts = change.counts;
    return true;
  };
  const settle = (channel: Channel, batch: LogBatch, cycle: Cycle): void => {
    const { name } = channel.source;
    lately.add(batch.lines.length, nowMs());
    const mark = marks.get(name);
    const fresh = cycle.raised.filter(({ kind }) => kind === 'new').length;
    vectors += cycle.vectors;
    alerts += fresh;
    const lastMs = Math.max(cycle.lastMs, mark?.lastMs ?? 0);
    // Where the batch begins the log had got as far as the batches before it.
    const beganMs = mark?.lastMs ?? cycle.firstMs;
    if (batch.from !== null && Number.isFinite(beganMs)) channel.warm.note(beganMs, batch.from);
    marks.set(name, {
      position: batch.position,
      warm: channel.firstWarm ?? channel.warm.oldEnough(),
      lines: (mark?.lines ?? 0) + batch.lines.length,
      lastMs: lastMs === 0 ? null : lastMs,
    });
    // Once a window has gone by, what comes before this run is of no use any more.
    if (channel.warm.full()) channel.firstWarm = null;
    write({
      ...noChange(countsNow()),
      ...foundBy(cycle),
      marks: new Map(marks),
      habits: cycle.habits,
      vectors: cycle.slots.map((slot) => [slot, core.reservoir.row(slot)]),
    });
    onCycle(cycle);
  };

  /** As they were written last, to tell what has changed of them. */
  const written = createBounded<number, GuardIncident>(500);
  const foundBy = ({ raised, incidents }: Cycle): Pick<Change, 'alerts' | 'counted' | 'incidents' | 'lasting'> => {
    const newest = new Map(raised.map(({ alert }) => [alert.id, alert]));
    const changed = new Set(raised.filter(({ onlyCounted }) => !onlyCounted).map(({ alert }) => alert.id));
    const isSame = (incident: GuardIncident): boolean => {
      const last = written.peek(incident.id);
      return (
        last?.stages === incident.stages &&
        last.ties === incident.ties &&
        last.acknowledgedMs === incident.acknowledgedMs
      );
    };
    const lasting = incidents.filter(isSame);
    for (const incident of incidents) written.set(incident.id, incident);
    return {
      alerts: [...newest.values()].filter(({ id }) => changed.has(id)),
      counted: [...newest.values()].filter(({ id }) => !changed.has(id)),
      incidents: incidents.filter((incident) => !lasting.includes(incident)),
      lasting,
    };
  };
  /** What no line has told, but time. */
  const finishLate = (cycle: Cycle): void => {
    alerts += cycle.raised.filter(({ kind }) => kind === 'new').length;
    write({ ...noChange(countsNow()), ...foundBy(cycle), marks: new Map(marks) });
    onCycle(cycle);
  };
  const takeNotes = async (notes: readonly LogNote[]): Promise<Cycle[]> => {
    const cycles: Cycle[] = [];
    for (const { kind, what, words } of notes) {
      if (kind === 'lost') onTrouble(`${words}.`);
      const entry = { atMs: nowMs(), program: 'seclyzer', pid: 0, text: words };
      if (kind === 'cleared')
        cycles.push(await core.tell(eventOf(entry, 'log-cleared', { target: what, detail: words })));
    }
    return cycles;
  };
  const readAll = async (channel: Channel): Promise<void> => {
    for (let more = true; more && !stopped;) {
      const batch = await channel.source.read(config.batchLines);
      ({ more } = batch);
      const { lines, warm, notes } = batch;
      if (
        lines.length === 0 &&
        notes.length === 0 &&
        batch.position === (marks.get(channel.source.name)?.position ?? null)
      )
        continue;
      if (warm) {
        await core.take(lines, channel.warmParser, true);
        continue;
      }
      const cycles = [...(await takeNotes(notes)), await core.take(lines, channel.parser)];
      settle(channel, batch, merged(cycles, NO_TIME));
      // So that a long log holds up nothing else of the agent for longer than a batch takes.
      if (more) await nextTurn();
    }
  };
  const train = async (atMs: number): Promise<number | null> => {
    if (core.reservoir.kept() < LEAST_VECTORS) return null;
    const baseline = trainBaseline(core.reservoir.rows(), atMs, randomInt(2 ** 31));
    await core.useBaseline(baseline);
    store.set(BASELINE_KEY, writeBaseline(baseline));
    return baseline.samples;
  };

  return {
    core,
    tally,
    counts: () => counts,
    linesLastMinute: () => lately.sum(nowMs()),
    mark: (name) => marks.get(name) ?? null,
    train,
    poll: async () => {
      for (const channel of channels) {
        try {
          await readAll(channel);
        } catch (error) {
          onTrouble(`The log guard stumbled over ${channel.source.name}: ${messageOf(error)}`);
        }
      }
      const late = await core.idle(nowMs());
      if (late.raised.length > 0) finishLate(late);
      else if (waiting !== null) write({ ...noChange(countsNow()), marks: new Map(marks) });
      const due = core.baseline() === null || nowMs() - (core.baseline()?.trainedMs ?? 0) > config.retrainMs;
      if (due && parts.mayTrain?.() !== false) await train(nowMs());
    },
    stop: async () => {
      stopped = true;
      for (const { source } of channels) await source.close();
      await core.release();
    },
  };
}
