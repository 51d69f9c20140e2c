// What the agent keeps, as the rest of the agent sees it. The SQLite implementation is sqlite-store.ts, which seals all that tells
// of the owner: vectors, cards, facts, reasons, points and texts. Times, states, scores and trust lie in plain.
import type { AuditEntry, Decision, Modality, TrustPoint } from '../../../src-preload/contract.ts';

/** A feature window: numbers only, never keys, titles or text. */
export interface StoredWindow {
  /** End of the window, microseconds since the epoch. */
  readonly ts: number;
  readonly modality: Modality;
  /** Events of the modality in the window (key presses, mouse events, focus changes). */
  readonly events: number;
  /** Events that no earlier stored window of this modality contains. */
  readonly newEvents: number;
  /** In the order of the feature table of the modality. */
  readonly vector: Float32Array;
}

export interface StoredScore {
  readonly ts: number;
  readonly modality: Modality;
  /** What the model said, before calibration. */
  readonly raw: number;
  /** Calibrated log-likelihood ratio, owner against population, natural log. */
  readonly llr: number;
  /** Points of trust that this score moved at its tick. */
  readonly points: number;
}

export interface StoredModel {
  readonly modality: Modality;
  /** `keystroke-forest`, `mouse-forest`, `mouse-svm`. */
  readonly name: string;
  readonly version: number;
  readonly createdMs: number;
  /** In the models folder; empty for models that live in `card` alone. */
  readonly file: string;
  /** Of the model before it is sealed, hex. */
  readonly sha256: string;
  /** The model card, JSON. */
  readonly card: string;
}

export interface Store {
  readonly addWindow: (window: StoredWindow) => void;
  /** Oldest first; the newest `limit` of them. */
  readonly windows: (modality: Modality, limit: number) => readonly StoredWindow[];
  readonly clearWindows: (modality: Modality) => void;
  /** One a modality and moment: a second one replaces the first. */
  readonly addScore: (score: StoredScore) => void;
  readonly scores: (fromUs: number, toUs: number) => readonly StoredScore[];
  /** One a moment: a second one replaces the first. */
  readonly addTrust: (point: TrustPoint) => void;
  /** Oldest first, thinned evenly to at most `maxPoints`; state changes are never thinned away. */
  readonly trust: (fromMs: number, toMs: number, maxPoints: number) => readonly TrustPoint[];
  readonly addDecision: (decision: Decision) => void;
  /** Newest first; of the period from `fromMs` to `toMs`, both included, where they are given. */
  readonly decisions: (limit: number, fromMs?: number, toMs?: number) => readonly Decision[];
  readonly addAudit: (entry: AuditEntry) => void;
  /** Newest first; of the period from `fromMs` to `toMs`, both included, where they are given. */
  readonly audit: (limit: number, fromMs?: number, toMs?: number) => readonly AuditEntry[];
  readonly addModel: (model: StoredModel) => void;
  /** Forgets every version of every model of the modality, at once. */
  readonly clearModels: (modality: Modality) => void;
  /** The newest version of each name. */
  readonly models: () => readonly StoredModel[];
  /** Small facts that survive a restart: the installation's seed, the last state, counters. */
  readonly get: (key: string) => string | null;
  readonly set: (key: string, value: string) => void;
  /** Writes what is pending in one transaction. Called once a second by the agent, and before reads that must see everything. */
  readonly flush: () => void;
  /**
   * Drops scores and trust points older than `historyDays` (30), all but the newest 4,000 windows of each modality, and all but the
   * newest 10,000 decisions and audit entries.
   */
  readonly prune: (nowMs: number, historyDays?: number) => void;
  readonly sizeBytes: () => number;
  readonly close: () => void;
}

/** What opening found; shown on the dashboard when it is not just `opened`. */
export type StoreOpening =
  | { readonly kind: 'opened' | 'created' }
  | { readonly kind: 'recovered'; readonly setAside: string; readonly why: string };
