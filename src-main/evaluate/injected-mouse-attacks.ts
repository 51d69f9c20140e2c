// Random numbers in, mouse events that no hand made out: jumps, straight lines, constant speed, clockwork.
import type { InputEvent, MouseEvent } from '../agent/events.ts';
import type { Random } from '../agent/learn/random.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Writes events on a clock that it moves on. */
interface Pen {
  readonly wait: (ms: number) => void;
  readonly move: (to: Place) => void;
  readonly click: (holdMs: number) => void;
}

export interface MouseAttack {
  readonly name: string;
  /** One action; an attack is 12 of them, or 60 of the short ones. */
  readonly act: (pen: Pen, from: Place, random: Random) => Place;
  readonly acts: number;
}

const somewhere = (random: Random): Place => ({
  x: Math.round(60 + 1800 * random.uniform()),
  y: Math.round(60 + 900 * random.uniform()),
});
const pause = (random: Random): number => 300 + 1200 * random.uniform();

interface Course {
  /** From 0 to 1 in time, from 0 to 1 in place. */
  readonly ease: (t: number) => number;
  readonly stepMs: number;
  /** Standard deviation of the step's time. */
  readonly jitterMs: number;
  /** Sideways bow as a share of the length. */
  readonly bow: number;
}

const linear = (t: number): number => t;
const minimumJerk = (t: number): number => t ** 3 * (10 - 15 * t + 6 * t ** 2);

const along =
  (course: Course): MouseAttack['act'] =>
  (pen, from, random) => {
    pen.wait(pause(random));
    const to = somewhere(random);
    const steps = Math.max(2, Math.round((300 + 700 * random.uniform()) / course.stepMs));
    const bow = course.bow * (random.uniform() < 0.5 ? -1 : 1);
    for (let i = 1; i <= steps; i += 1) {
      const t = course.ease(i / steps);
      const aside = bow * Math.sin(Math.PI * t);
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      pen.wait(Math.max(0.5, course.stepMs + course.jitterMs * random.normal()));
      pen.move({ x: Math.round(from.x + dx * t - dy * aside), y: Math.round(from.y + dy * t + dx * aside) });
    }
    pen.wait(80);
    pen.click(60 + 40 * random.uniform());
    return to;
  };

const jump =
  (afterMs: number | null, holdMs: number): MouseAttack['act'] =>
  (pen, _from, random) => {
    const to = somewhere(random);
    pen.wait(pause(random));
    pen.move(to);
    if (afterMs !== null) {
      pen.wait(afterMs);
      pen.click(holdMs);
    }
    return to;
  };

const steady = { stepMs: 10, jitterMs: 0.3, bow: 0 };

/** Grouped by what gives them away. */
export const MOUSE_ATTACKS: Readonly<Record<string, readonly MouseAttack[]>> = {
  'jumps without a path': [
    { name: 'jump', act: jump(null, 0), acts: 12 },
    { name: 'jump and click at once', act: jump(0, 1), acts: 12 },
    { name: 'jump, click after 120 ms held 80 ms', act: jump(120, 80), acts: 12 },
  ],
  'straight lines': [
    { name: 'linear, constant speed', act: along({ ...steady, ease: linear }), acts: 12 },
    { name: 'linear, 1 ms steps', act: along({ ...steady, ease: linear, stepMs: 2 }), acts: 12 },
    { name: 'minimum jerk', act: along({ ...steady, ease: minimumJerk }), acts: 12 },
    { name: 'minimum jerk, steps ±3 ms', act: along({ ...steady, ease: minimumJerk, jitterMs: 3 }), acts: 12 },
  ],
  'constant speed on a bow': [
    { name: 'bow 10 %', act: along({ ...steady, ease: linear, bow: 0.1 }), acts: 12 },
    { name: 'bow 20 %, steps ±2 ms', act: along({ ...steady, ease: linear, bow: 0.2, jitterMs: 2 }), acts: 12 },
  ],
  clockwork: [
    {
      name: 'clicks every 100 ms',
      acts: 60,
      act: (pen, from, random) => {
        pen.wait(100 + 0.5 * random.normal());
        pen.click(1);
        return from;
      },
    },
    {
      name: 'clicks, 50 a second ±30 %',
      acts: 60,
      act: (pen, from, random) => {
        pen.wait(19 * (1 + 0.3 * (2 * random.uniform() - 1)));
        pen.click(1);
        return from;
      },
    },
    {
      name: 'a nudge every 20 s',
      acts: 60,
      act: (pen, from, random) => {
        pen.wait(20_000 + 5 * random.normal());
        const to = { x: from.x + (from.x % 2 === 0 ? 1 : -1), y: from.y };
        pen.move(to);
        return to;
      },
    },
    {
      name: 'circles',
      acts: 720,
      act: (pen, from) => {
        const [x, y] = [from.x - 900, from.y - 500];
        const angle = Math.atan2(y, x) + Math.PI / 60;
        pen.wait(10);
        const to = { x: 900 + 200 * Math.cos(angle), y: 500 + 200 * Math.sin(angle) };
        pen.move({ x: Math.round(to.x), y: Math.round(to.y) });
        return to;
      },
    },
  ],
  'curved and eased (at the limit)': [
    { name: 'minimum jerk, bow 5 %', act: along({ ...steady, ease: minimumJerk, bow: 0.05 }), acts: 12 },
  ],
};

/** @returns mouse events in order of time. */
export function mouseAttack(attack: MouseAttack, startUs: number, random: Random): InputEvent[] {
  const events: MouseEvent[] = [];
  let clockUs = startUs;
  let at = attack.acts > 100 ? { x: 1100, y: 500 } : somewhere(random);
  let shown: Place = { x: Math.round(at.x), y: Math.round(at.y) };
  const button = (event: 'press' | 'release'): void => {
    events.push({ type: 'mouse', ts: Math.round(clockUs), ...shown, event, button: 'Left' });
  };
  const pen: Pen = {
    wait: (ms) => {
      clockUs += 1000 * ms;
    },
    move: (to) => {
      shown = to;
      events.push({ type: 'mouse', ts: Math.round(clockUs), ...to, event: 'move' });
    },
    click: (holdMs) => {
      button('press');
      clockUs += 1000 * holdMs;
      button('release');
    },
  };
  for (let i = 0; i < attack.acts; i += 1) at = attack.act(pen, at, random);
  return events;
}
