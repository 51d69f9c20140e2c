// Moves of the mouse in, one at a time; out: a finding when the same path was drawn before, step by step. A hand never
// draws the same pixels twice; a replay does. Kept, in memory only: one hash for each of the last places in the path.
import { at } from '../features/distribution.ts';
import { confidenceBelow, inSeconds, type Found } from './injected-finding.ts';

export interface ReplayedPath {
  readonly accept: (x: number, y: number, atUs: number) => Found | null;
  readonly reset: () => void;
}

/** Steps in a hash. Six steps of a moving hand have more than 40 bits in them. */
const STEPS = 6;
const ROWS = 65_536;
/** Slow or straight paths repeat by chance: a hash needs this much to be used. */
const MIN_PATH_PX = 30;
const MIN_TELLING_STEPS = 4;
/** The same distance back in the path, this many times, less half of the misses in between. */
const NEEDED = 12;

/** @param looseness above 1 finds more, at the price of alarms; 1 is what is measured and shipped. */
export function createReplayedPath(looseness = 1): ReplayedPath {
  const hashes = new Int32Array(ROWS);
  const places = new Int32Array(ROWS).fill(-1);
  const dx = new Float64Array(STEPS);
  const dy = new Float64Array(STEPS);
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  let count = 0;
  let [lag, votes, matched, firstUs] = [0, 0, 0, 0];

  const vote = (place: number, atUs: number): void => {
    if (place >= 0 && count - place === lag) {
      votes += 1;
      matched += 1;
      return;
    }
    votes -= 0.5;
    if (place >= 0 && votes <= 0) [lag, votes, matched, firstUs] = [count - place, 1, 1, atUs];
  };

  const lookUp = (atUs: number): void => {
    const hash = hashOf(dx, dy, count);
    const row = (hash ^ (hash >>> 16)) & (ROWS - 1);
    vote(hashes[row] === hash ? (places[row] ?? -1) : -1, atUs);
    hashes[row] = hash;
    places[row] = count;
  };

  const found = (atUs: number): Found | null => {
    const needed = NEEDED / looseness;
    if (votes < needed) return null;
    const finding = findingOf(matched, lag, firstUs, atUs, confidenceBelow(needed, votes));
    votes = Math.min(votes, 2 * needed);
    return finding;
  };

  return {
    accept: (x, y, atUs) => {
      const stepX = x - lastX;
      const stepY = y - lastY;
      lastX = x;
      lastY = y;
      if (Number.isNaN(stepX) || (stepX === 0 && stepY === 0)) return null;
      dx[count % STEPS] = stepX;
      dy[count % STEPS] = stepY;
      count += 1;
      if (count < STEPS || !tellsMuch(dx, dy)) return null;
      lookUp(atUs);
      return found(atUs);
    },
    reset: () => {
      places.fill(-1);
      [lastX, lastY] = [Number.NaN, Number.NaN];
      [count, lag, votes, matched, firstUs] = [0, 0, 0, 0, 0];
    },
  };
}

function findingOf(matched: number, lag: number, firstUs: number, lastUs: number, confidence: number): Found {
  const evidence = (): string =>
    `${matched + STEPS - 1} steps of the pointer in ${inSeconds(lastUs - firstUs)} repeat, pixel by pixel, those of ${lag} steps before`;
  return { kind: 'replayed recording', evidence, confidence, firstUs, lastUs, events: matched };
}

/** Enough way, enough of it aslant, and enough steps unlike all others: what repeats itself matches by chance. */
function tellsMuch(dx: Float64Array, dy: Float64Array): boolean {
  let pathPx = 0;
  let slanted = 0;
  for (let i = 0; i < STEPS; i += 1) {
    const x = at(dx, i);
    const y = at(dy, i);
    pathPx += Math.abs(x) + Math.abs(y);
    if (x !== 0 && y !== 0) slanted += 1;
  }
  return pathPx >= MIN_PATH_PX && slanted >= MIN_TELLING_STEPS && differentSteps(dx, dy) >= MIN_TELLING_STEPS;
}

function differentSteps(dx: Float64Array, dy: Float64Array): number {
  let different = 0;
  for (let i = 0; i < STEPS; i += 1) {
    let earlier = 0;
    while (earlier < i && !(at(dx, earlier) === at(dx, i) && at(dy, earlier) === at(dy, i))) earlier += 1;
    if (earlier === i) different += 1;
  }
  return different;
}

/** FNV-1a over the steps, oldest first (Fowler, Noll and Vo; RFC 9923). */
function hashOf(dx: Float64Array, dy: Float64Array, count: number): number {
  let hash = 0x811c9dc5;
  for (let i = count; i < count + STEPS; i += 1) {
    hash = Math.imul(hash ^ (at(dx, i % STEPS) | 0), 0x01000193);
    hash = Math.imul(hash ^ (at(dy, i % STEPS) | 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}
