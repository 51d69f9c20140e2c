// The agent's parts in, what the dashboard shows of them out, asked anew each time that somebody looks.
import type { Budget, Snapshot } from '../../src-preload/contract.ts';
import type { Intake } from './intake.ts';
import type { Journal } from './journal.ts';
import type { Notices } from './notices.ts';
import { snapshotOf, type SnapshotParts } from './snapshot.ts';
import type { Track } from './track.ts';

export interface AgentViewParts {
  readonly version: string;
  readonly source: Snapshot['source'];
  readonly nowMs: () => number;
  readonly intake: () => Pick<Intake, 'lastInputMs' | 'counts'>;
  readonly journal: Pick<Journal, 'read'>;
  readonly notices: Pick<Notices, 'list'>;
  readonly protection: () => SnapshotParts['protection'];
  readonly desktopIdle: () => boolean;
  /** Those that are shown. */
  readonly tracks: () => readonly Track[];
  readonly missing: SnapshotParts['missing'];
  /** What the program uses. */
  readonly budget: () => Budget;
  readonly through: SnapshotParts['through'];
}

export interface AgentView {
  /** @param budget null: left out */
  readonly view: (budget: Budget | null) => Snapshot;
  /** With what the agent uses at the moment. */
  readonly snapshot: () => Snapshot;
}

export function createAgentView(parts: AgentViewParts): AgentView {
  const view = (budget: Budget | null): Snapshot =>
    snapshotOf({
      version: parts.version,
      nowMs: parts.nowMs(),
      source: parts.source,
      lastInputMs: parts.intake().lastInputMs(),
      ...parts.journal.read(),
      protection: parts.protection(),
      desktopIdle: parts.desktopIdle(),
      tracks: parts.tracks(),
      missing: parts.missing,
      through: parts.through,
      budget,
      events: parts.intake().counts(),
      notices: parts.notices.list(),
    });
  return { view, snapshot: () => view(parts.budget()) };
}
