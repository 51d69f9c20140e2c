// What the agent keeps, as the rest of the agent sees it. The SQLite implementation is sqlite-store.ts, which seals all that tells
// of the owner and of the machine: vectors, cards, facts, reasons, points, texts and all series. Times lie in plain.
import type {
  Accuracy,
  Alarm,
  AuditEntry,
  Decision,
  Modality,
  ModelVersion,
  TrustPoint,
} from '../../../src-preload/contract.ts';
import type { Keeping } from './keeping.ts';
import type { SeriesStore } from './series/series-store.ts';

/** In the place of a profile: of what all profiles of the owner share. */
export const SHARED = 0;

/** A feature window: numbers only, never keys, titles or text. */
export interface StoredWindow {
  /** End of the window, microseconds since the epoch. */
  readonly ts: number;
  readonly modality: Modality;
  /** Number of the profile that it teaches. */
  readonly profile: number;
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

/** What is said of one version of a model. */
export interface StoredVersion {
  readonly modality: Modality;
  readonly profile: number;
  /** `keystroke-graphs`, `mouse-strokes`, `mouse-svm`. */
  readonly name: string;
  readonly version: number;
  readonly createdMs: number;
  readonly why: ModelVersion['why'];
  /** Events that it was learned from. */
  readonly events: number;
  /** null where too little was held out to measure it. */
  readonly accuracy: Accuracy | null;
}

export interface StoredModel extends StoredVersion {
  /** In the models folder; empty for models that live in `card` alone. */
  readonly file: string;
  /** Of the model before it is sealed, hex. */
  readonly sha256: string;
  /** The model card, JSON. */
  readonly card: string;
}

export interface Store extends SeriesStore {
  readonly addWindow: (window: StoredWindow) => void;
  /** Oldest first; the newest `limit` of them, of one profile or of all. */
  readonly windows: (modality: Modality, limit: number, profile?: number) => readonly StoredWindow[];
  readonly clearWindows: (modality: Modality, profile?: number) => void;
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
  /** `owner`: the alarm at this moment was a false one. */
  readonly addVerdict: (atMs: number, verdict: NonNullable<Alarm['verdict']>) => void;
  /** By the moment of the alarm, from `fromMs` on. */
  readonly verdicts: (fromMs: number) => ReadonlyMap<number, NonNullable<Alarm['verdict']>>;
  /**
   * Keeps it with the four versions before it.
   * @param basis what learning goes on from, for whoever goes back to this version; none where the windows are all there is.
   */
  readonly addModel: (model: StoredModel, basis?: Uint8Array) => void;
  /** A number that no version of this model has had. */
  readonly nextVersion: (profile: number, name: string) => number;
  /** Newest first. */
  readonly versions: (profile: number, name: string) => readonly StoredVersion[];
  readonly basis: (profile: number, name: string, version: number) => Uint8Array | null;
  /**
   * Forgets, at once, all later versions of the model and the windows that came after it.
   * @throws RangeError when there is no such version.
   */
  readonly goBack: (profile: number, name: string, version: number) => void;
  /** Forgets every version of every model of the modality, of one profile or of all, at once. */
  readonly clearModels: (modality: Modality, profile?: number) => void;
  /** The newest version of each name and profile. */
  readonly models: () => readonly StoredModel[];
  /** Small facts that survive a restart: the installation's seed, the last state, counters. */
  readonly get: (key: string) => string | null;
  readonly set: (key: string, value: string) => void;
  /** Writes what is pending in one transaction. Called once a second by the agent, and before reads that must see everything. */
  readonly flush: () => void;
  /**
   * Rolls up the hours that are over, and drops what is older than `historyDays` (30), all but the newest 4,000 windows of each modality
   * and profile, and all but the newest 10,000 decisions and audit entries; of figures of the machine, what lies beyond `keeping`. A clock that has jumped ahead is believed step by step.
   * @throws StoreError where nothing can be written; nothing is dropped then.
   */
  readonly prune: (nowMs: number, historyDays?: number, keeping?: Keeping) => void;
  readonly sizeBytes: () => number;
  readonly close: () => void;
}

/** What opening found; shown on the dashboard when it is not just `opened`. */
export type StoreOpening =
  | { readonly kind: 'opened' | 'created' }
  | { readonly kind: 'recovered'; readonly setAside: string; readonly why: string };
