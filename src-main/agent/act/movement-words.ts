// The 79 mouse features in plain words: what is spoken of, and what a higher and a lower value make of it. Several are logarithms of
// ratios that grow as the thing itself shrinks, so the direction stands here and not in the number.

export interface MovementWords {
  readonly about: string;
  readonly more: string;
  readonly less: string;
}

const words = (about: string, more: string, less: string): MovementWords => ({ about, more, less });
const longer = (about: string): MovementWords => words(about, 'longer', 'shorter');
const stronger = (about: string): MovementWords => words(about, 'stronger', 'weaker');
const faster = (about: string): MovementWords => words(about, 'faster', 'slower');
const oftener = (about: string): MovementWords => words(about, 'more frequent', 'rarer');
const uneven = (about: string): MovementWords => words(about, 'more uneven', 'more even');

const BEFORE_MOVEMENT = 'rests before a movement';
const BEFORE_CLICK = 'pauses before a click';
const END_CLICKS = 'clicks at the end of a movement';
const CURVES = 'slowing down in curves';

/** By the name of the feature, or by what stands before its last dot. Signs: the screen's y grows downward. */
const WORDS: Readonly<Record<string, MovementWords>> = {
  duration: words('movements', 'longer in time', 'shorter in time'),
  path: longer('ways across the screen'),
  detour: words('movements', 'more roundabout', 'straighter'),
  'peak-speed': words('top speeds', 'higher', 'lower'),
  'mean-speed': faster('movements'),
  'peak-at': words('top speeds', 'later', 'earlier'),
  'speed-up': stronger('starts of movements'),
  'slow-down': words('braking', 'harder', 'softer'),
  asymmetry: stronger('speeding up against braking'),
  deviation: words('arcs of movements', 'wider', 'narrower'),
  side: words('bends of movements', 'further to the right', 'further to the left'),
  turn: stronger('turning on the way'),
  'net-turn': words('turns of movements', 'more clockwise', 'more anticlockwise'),
  corrections: oftener('corrections on the way'),
  jerk: words('movements', 'jerkier', 'smoother'),
  tremor: stronger('tremor'),
  slow: longer('slow parts of movements'),
  tail: longer('ends of movements after the top speed'),
  'start-angle': words('starts of movements', 'further off the aim', 'closer to the aim'),
  pause: longer(BEFORE_MOVEMENT),
  'pause.sd': uneven(BEFORE_MOVEMENT),
  settle: longer(BEFORE_CLICK),
  'settle.sd': uneven(BEFORE_CLICK),
  hold: longer(END_CLICKS),
  'hold.sd': uneven(END_CLICKS),
  'speed-cv': uneven('speed within a movement'),
  'speed-iqr': words('speeds within a movement', 'further apart', 'closer together'),

  speed: faster('the pointer'),
  acceleration: stronger('changes of speed'),
  'frame-jerk': stronger('jerks of the pointer'),
  'turn-rate': words('turns of the pointer', 'sharper', 'gentler'),
  // Speed falls as curvature grows: slope and correlation are below 0 for everybody.
  'power-law.slope': words(CURVES, 'weaker', 'stronger'),
  'power-law.r': words(CURVES, 'less strict', 'stricter'),
  'curvature.mean': words('curves', 'tighter', 'wider'),
  'curvature.sd': words('curves', 'more varied', 'more alike'),
  // Of a signed value: the lower end is braking.
  'relative-acceleration.q10': words('braking for the speed', 'weaker', 'stronger'),
  'relative-acceleration.q50': words('acceleration for the speed', 'higher', 'lower'),
  'relative-acceleration.q90': stronger('speeding up for the speed'),
  'relative-acceleration.mean': stronger('changes of speed for the speed'),
  'relative-jerk': stronger('jerks for the speed'),
  'speed-memory': words('changes of speed', 'slower', 'quicker'),
  'horizontal-speed': faster('movements to the sides'),
  'vertical-speed': faster('movements up and down'),

  click: longer('clicks'),
  'click.sd': uneven('clicks'),
  'click.rate': oftener('clicks'),
  'click.interval': longer('times between clicks'),
  'stroke.rate': oftener('movements'),
  'moving.share': longer('time in movement'),
  'drag.share': oftener('dragging'),
  'rest.share': longer('time at rest'),
  'long-rest.rate': oftener('long rests'),
  'rest.median': longer('rests'),
  'clicked.share': oftener('movements that end in a click'),
};

/** @throws Error for a name that is not in MOUSE_79_FEATURES */
export function movementWords(name: string): MovementWords {
  const found = WORDS[name] ?? WORDS[name.slice(0, Math.max(0, name.lastIndexOf('.')))];
  if (found === undefined) throw new Error(`there are no words for the mouse feature ${name}`);
  return found;
}
