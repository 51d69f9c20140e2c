// The impostor drill in the running agent: a colleague types for some minutes, and it notes when they are noticed. In: its start and
// end, events, ticks. Out: how it stands, and whether anything may be learned. It changes nothing about alarms: those are real.
import type { Drill, Snapshot } from '../../../src-preload/contract.ts';
import type { Audit } from '../audit.ts';
import type { InputEvent } from '../events.ts';
import { graphStream, type GraphStream } from '../features/graphs.ts';
import type { Pipeline, Tick } from '../pipeline.ts';
import { beginning, ending, isOver, ticked, typed, type Course, type DrillEnd, type DrillGround } from './course.ts';
import { drillView, durationText, isJudged, obstacleTo } from './words.ts';

export interface DrillParts {
  readonly snapshot: () => Snapshot;
  /** Of the clock of the events. */
  readonly nowMs: () => number;
  /** Trust from which the state is NORMAL. */
  readonly normal: () => number;
  readonly pipeline: Pick<Pipeline, 'mature'>;
  /** Whether what comes in may be looked at. */
  readonly accepting: () => boolean;
  readonly audit: Audit;
  /** `view` may answer otherwise than before. */
  readonly changed: () => void;
}

export interface DrillDesk {
  /** null: there was none since the start of the program. */
  readonly view: () => Drill | null;
  /** @throws Error with what stands in the way and what to do about it */
  readonly start: (minutes: number) => Drill;
  readonly end: () => Drill | null;
  readonly mayLearn: () => boolean;
  /** Why nothing that is known of the owner may be changed now: somebody else sits there. null when it may. */
  readonly refusal: () => string | null;
  readonly accept: (event: InputEvent) => void;
  readonly tick: (tick: Tick) => void;
  /** The session or a pause may have changed. */
  readonly look: () => void;
  readonly stop: () => void;
}

/** To hand the keyboard over. */
const HANDOVER_MS = 5000;
/** To hand it back; at least as long as a window, so that none which is learned from reaches back into the drill. */
const HANDBACK_MS = 30_000;

const COLLEAGUE_THERE =
  'Not during an impostor drill, nor in the half minute after it: somebody else may be at the keyboard.';

export function createDrill(parts: DrillParts): DrillDesk {
  const { snapshot, nowMs, audit } = parts;
  let course: Course | null = null;
  /** Counts as the model of typing does: a key that repeats by being held is one keystroke. */
  let stream: GraphStream = graphStream();
  let before = 0;
  /** Tells, at the very moment, that it has begun. */
  let handover: NodeJS.Timeout | undefined;

  const viewOf = (known: Course): Drill => drillView(known, nowMs());
  const take = (next: Course): Drill => {
    const endsNow = course !== null && !isOver(course) && isOver(next);
    const drill = viewOf(next);
    course = next;
    if (isOver(next)) clearTimeout(handover);
    if (endsNow) audit('drill', `The impostor drill is over. ${drill.sentence}`);
    parts.changed();
    return drill;
  };
  const finish = (by: DrillEnd): Drill | null => {
    if (course === null || isOver(course)) return course === null ? null : viewOf(course);
    return take(ending(course, Math.round(nowMs()), by));
  };
  // Either way round: a clock that was set back must not keep the owner from being learned.
  const mayLearn = (): boolean =>
    course === null || (course.ended !== null && Math.abs(nowMs() - course.ended.atMs) >= HANDBACK_MS);
  const groundOf = ({ modalities }: Snapshot): DrillGround => {
    const typing = modalities.find(({ modality }) => modality === 'keystroke');
    return {
      typing: typing !== undefined && isJudged(typing),
      need: typing?.evidence.need ?? 0,
      mature: parts.pipeline.mature(),
    };
  };
  return {
    view: () => (course === null ? null : viewOf(course)),
    start: (minutes) => {
      if (course !== null && !isOver(course)) throw new Error('A drill is under way already. End it first.');
      const now = snapshot();
      const obstacle = obstacleTo(now, parts.normal());
      if (obstacle !== null) throw new Error(obstacle);
      [stream, before] = [graphStream(), 0];
      audit('drill', `An impostor drill of ${durationText(60 * minutes)} begins: nothing is learned meanwhile.`);
      handover = setTimeout(parts.changed, HANDOVER_MS + 1);
      return take(beginning(Math.round(nowMs()) + HANDOVER_MS, minutes, groundOf(now)));
    },
    end: () => finish('user'),
    mayLearn,
    refusal: () => (mayLearn() ? null : COLLEAGUE_THERE),
    accept: (event) => {
      if (course === null || isOver(course) || event.type !== 'keystroke' || event.ts > course.untilMs * 1000) return;
      stream.accept(event);
      if (event.ts < course.startedMs * 1000) before = stream.strokes();
      else if (stream.strokes() - before !== course.keystrokes) take(typed(course, stream.strokes() - before));
    },
    tick: (tick) => {
      if (course !== null && !isOver(course)) take(ticked(course, tick));
    },
    look: () => {
      if (course === null || isOver(course) || parts.accepting()) return;
      const { paused, screen } = snapshot();
      finish(paused !== null ? 'paused' : screen === 'locked' ? 'locked' : 'asleep');
    },
    stop: () => void finish('stopped'),
  };
}
