// The state of the agent's parts in, what the dashboard shows out. Pure but for the parts that it asks.
import {
  CARRIES,
  type Budget,
  type Modality,
  type ModalityView,
  type Notice,
  type Snapshot,
  type TrustPoint,
} from '../../src-preload/contract.ts';
import { toGo } from './act/learning-words.ts';
import { awaySentence, sentenceFor } from './act/sentence.ts';
import type { Tick } from './pipeline.ts';
import { DEFAULT_SETTINGS, EVENT_UNITS } from './settings.ts';
import type { Track, TrackView } from './track.ts';

export interface SnapshotParts {
  readonly version: string;
  /** The present on the clock of the events: a replay brings its own. */
  readonly nowMs: number;
  readonly source: Snapshot['source'];
  readonly sinceMs: number;
  readonly lastInputMs: number;
  /** Ticks of the last minute, oldest first. */
  readonly ticks: readonly Tick[];
  readonly point: TrustPoint;
  readonly tracks: readonly Track[];
  readonly protection: Pick<Snapshot, 'paused' | 'screen' | 'locking'>;
  /** The desktop itself says that nobody is there. */
  readonly desktopIdle: boolean;
  readonly missing: (modality: Modality) => { readonly reason: string; readonly fix: string } | null;
  /** By what means it is seen; null while it is not, or where there is but one. */
  readonly through: (modality: Modality) => string | null;
  readonly budget: Budget | null;
  readonly events: Snapshot['events'];
  readonly notices: readonly Notice[];
}

export function snapshotOf(parts: SnapshotParts): Snapshot {
  const { point } = parts;
  const seen = parts.tracks.map((track) => ({ modality: track.modality, ...track.view(parts.nowMs * 1000) }));
  const modalities = seen.map((one) => viewOf(one, parts));
  const enrolment = enrolmentOf(modalities, seen);
  // What moves nothing is no reason either.
  const scored = modalities.filter(
    ({ score, modality }) => score !== null && DEFAULT_SETTINGS.modalities[modality].weight > 0,
  );
  return {
    version: parts.version,
    atMs: parts.nowMs,
    source: parts.source,
    state: point.state,
    sinceMs: parts.sinceMs,
    ...parts.protection,
    trust: point.trust,
    low: point.low,
    high: point.high,
    sentence:
      awaySentence(parts.protection) ??
      sentenceFor({
        state: point.state,
        trust: point.trust,
        fits: scored.filter(({ score }) => (score ?? 0) >= 50).map(({ modality }) => modality),
        differs: scored.filter(({ score }) => (score ?? 100) < DIFFERS_BELOW).map(({ modality }) => modality),
        idleMs: Math.max(0, parts.nowMs - parts.lastInputMs),
        desktopIdle: parts.desktopIdle,
        learning: canLearn(modalities) ? `SecLyzer is learning. ${enrolment.sentence}` : enrolment.sentence,
      }),
    enrolment,
    modalities,
    budget: parts.budget,
    events: parts.events,
    notices: [...parts.notices],
  };
}

/** Between this and 50 a window says too little to be put into words. */
const DIFFERS_BELOW = 25;
/** A score stands as long as the window that it came from. */
const SCORE_STANDS_MS = 30_000;

/** Within what a score looks for its events, in words; writing is collected over any time. */
const SCORE_WINDOWS = {
  keystroke: ' within half a minute',
  mouse: ' within 15 seconds of use',
  app: ' within half a minute',
  linguistic: '',
} as const satisfies Record<Modality, string>;

/** What a card without a score says. */
const UNSCORED_REASONS: Readonly<
  Partial<Record<TrackView['status'], (modality: Modality, view: TrackView) => string>>
> = {
  learning: (modality, { enrolment }) =>
    `Work as usual: ${enrolment.need - enrolment.have} more ${EVENT_UNITS[modality]} and there is a score.`,
  training: () => 'Enough has been seen; the model is being made.',
  waiting: (modality, { evidence }) =>
    evidence.need === 1
      ? 'Waits for the next of them.'
      : `Waits for input: a score needs ${evidence.need} ${EVENT_UNITS[modality]}${SCORE_WINDOWS[modality]}.`,
};

type Seen = TrackView & Pick<Track, 'modality'>;

function viewOf(seen: Seen, { missing, through, ticks, nowMs }: SnapshotParts): ModalityView {
  const { modality } = seen;
  const unit = EVENT_UNITS[modality];
  const gone = missing(modality);
  const recent = ticks.findLast((tick) => tick.scores.has(modality) && tick.point.atMs > nowMs - SCORE_STANDS_MS);
  const score = gone === null && seen.status !== 'unavailable' ? recent?.scores.get(modality) : undefined;
  const status = gone !== null ? 'unavailable' : score === undefined ? seen.status : 'scoring';
  return {
    modality,
    status,
    reason:
      gone?.reason ?? seen.reason ?? (score === undefined ? UNSCORED_REASONS[status]?.(modality, seen) : null) ?? null,
    fix: gone?.fix ?? seen.fix,
    through: gone === null ? through(modality) : null,
    score: score === undefined ? null : 100 / (1 + Math.exp(-score.llr)),
    pointsLastMinute: ticks.reduce((sum, tick) => sum + (tick.scores.get(modality)?.points ?? 0), 0),
    evidence: { ...seen.evidence, unit },
    enrolment: { have: seen.enrolment.have, need: seen.enrolment.need, unit },
    strongest: score?.strongest ?? null,
  };
}

/** Without typing or the mouse there is no trust score. */
const carries = ({ modality, status }: ModalityView): boolean => CARRIES[modality] && status !== 'unavailable';
const canLearn = (modalities: readonly ModalityView[]): boolean => modalities.some(carries);

/** Scoring begins as soon as typing or the mouse is learned, so the further of the two is the progress that counts. */
function enrolmentOf(modalities: readonly ModalityView[], seen: readonly Seen[]): Snapshot['enrolment'] {
  const carrying = modalities.filter(carries);
  const shareOf = ({ enrolment }: ModalityView): number => Math.min(1, enrolment.have / Math.max(1, enrolment.need));
  const first = carrying.toSorted((a, b) => shareOf(b) - shareOf(a))[0];
  if (first === undefined)
    return { share: 0, sentence: 'Neither keyboard nor mouse can be seen, so nothing can be learned.' };
  const share = shareOf(first);
  if (carrying.some(({ status }) => status === 'training'))
    return { share, sentence: 'Enough has been seen; the model is being made.' };
  if (share >= 1) return { share: 1, sentence: 'Enrolment is complete.' };
  const { enrolment } = seen.find(({ modality }) => modality === first.modality) ?? first;
  return { share, sentence: toGo(first.modality, enrolment) };
}
