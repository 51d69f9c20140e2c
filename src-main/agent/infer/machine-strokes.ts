// Long strokes of the mouse in, out: a finding when most of the last of them are such as no hand draws: a jump without a
// path, a line straight to the pixel, a constant speed.
import { confidenceBelow, type InjectedFinding, type InjectedKind } from './injected-finding.ts';
import type { LongStroke } from './mouse-strokes.ts';

export interface MachineStrokes {
  readonly accept: (stroke: LongStroke) => InjectedFinding | null;
  readonly reset: () => void;
}

/** A single stroke of a person may look like each of these (0.4 % of those in SapiMouse); four of six do not. */
const LOOKED_AT = 6;
const NEEDED = 4;
const NEEDED_OF_ALL_KINDS = 5;
/** One for the jump and one more where the program corrects it. */
const MAX_JUMP_POINTS = 2;
const MIN_POINTS = 8;
/** Narrower ones run along an axis: the edge of the screen and scroll bars make a hand as straight. */
const MIN_NARROW_PX = 8;
// Chosen on the even-numbered people of SapiMouse: of their long strokes 0.3 % are straighter and 0.05 % more even in speed.
const MAX_ASIDE_PX = 0.6;
const MAX_SPEED_CV = 0.2;

const JUDGEMENTS = [
  'teleporting mouse',
  'machine-straight mouse',
  'constant-speed mouse',
] as const satisfies readonly InjectedKind[];
type Judgement = (typeof JUDGEMENTS)[number];

interface Judged {
  readonly stroke: LongStroke;
  readonly kinds: readonly Judgement[];
}

/** @param looseness factor on every limit; 1 is what is measured and shipped. */
export function createMachineStrokes(looseness = 1): MachineStrokes {
  let recent: Judged[] = [];

  const kindsOf = ({ points, narrowPx, asidePx, speedCv }: LongStroke): readonly Judgement[] => {
    if (points <= MAX_JUMP_POINTS) return ['teleporting mouse'];
    if (points < MIN_POINTS) return [];
    const straight = narrowPx >= MIN_NARROW_PX && asidePx < MAX_ASIDE_PX * looseness;
    const even = speedCv < MAX_SPEED_CV * looseness;
    const kinds: Judgement[] = straight ? ['machine-straight mouse'] : [];
    return even ? [...kinds, 'constant-speed mouse'] : kinds;
  };

  const finding = (): InjectedFinding | null => {
    const machine = recent.filter(({ kinds }) => kinds.length > 0);
    const counted = JUDGEMENTS.map((kind) => ({
      kind,
      strokes: recent.filter(({ kinds }) => kinds.includes(kind)).map(({ stroke }) => stroke),
    })).sort((a, b) => b.strokes.length - a.strokes.length);
    const most = counted[0];
    if (most === undefined || (most.strokes.length < NEEDED && machine.length < NEEDED_OF_ALL_KINDS)) return null;
    const strokes = machine.map(({ stroke }) => stroke);
    return {
      kind: most.kind,
      evidence: wordsFor(most.kind, most.strokes, recent.length),
      confidence: confidenceOf(most.kind, most.strokes),
      firstUs: strokes[0]?.firstUs ?? 0,
      lastUs: strokes.at(-1)?.lastUs ?? 0,
      events: strokes.length,
    };
  };

  return {
    accept: (stroke) => {
      const kinds = kindsOf(stroke);
      recent = [...recent.slice(1 - LOOKED_AT), { stroke, kinds }];
      return kinds.length > 0 ? finding() : null;
    },
    reset: () => {
      recent = [];
    },
  };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

function confidenceOf(kind: Judgement, strokes: readonly LongStroke[]): number {
  if (kind === 'machine-straight mouse') return confidenceBelow(meanOf(strokes.map((s) => s.asidePx)), MAX_ASIDE_PX);
  if (kind === 'constant-speed mouse') return confidenceBelow(meanOf(strokes.map((s) => s.speedCv)), MAX_SPEED_CV);
  return confidenceBelow(LOOKED_AT - strokes.length, LOOKED_AT - NEEDED);
}

function wordsFor(kind: Judgement, strokes: readonly LongStroke[], of: number): string {
  const lengthPx = Math.round(meanOf(strokes.map(({ chordPx }) => chordPx)));
  const share = `${strokes.length} of the last ${of} movements`;
  if (kind === 'teleporting mouse') return `${share} jumped ${lengthPx} px on average, with no path between`;
  if (kind === 'machine-straight mouse') {
    const asidePx = meanOf(strokes.map((stroke) => stroke.asidePx)).toFixed(1);
    return `${share}, ${lengthPx} px long on average, left a straight line by ${asidePx} px`;
  }
  const cv = Math.round(100 * meanOf(strokes.map(({ speedCv }) => speedCv)));
  return `${share}, ${lengthPx} px long on average, kept their speed to within ${cv} %`;
}
