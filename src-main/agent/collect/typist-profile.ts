// The invented people of the synthetic source: what makes one's typing, mouse and choice of applications his or her own.
// They are nobody's recordings. Their numbers lie inside the range of Dhakal, Feit, Kristensson and Oulasvirta,
// "Observations on Typing from 136 Million Keystrokes" (CHI 2018): 20 to 100 words a minute, keys held 80 to 160 ms.

/** Mean and standard deviation of a log-normal quantity, milliseconds. */
export interface Spread {
  readonly mean: number;
  readonly sd: number;
}

export interface TypingHabits {
  /** How long a key is held. */
  readonly dwellMs: Spread;
  /** Factor on the dwell for each finger of FINGERS (features/fingers.ts), left little finger to thumb. */
  readonly fingerDwell: readonly number[];
  /** From a press to the next press between fingers of different hands. Shorter than the dwell makes a rollover. */
  readonly intervalMs: Spread;
  /** Factors on the interval. */
  readonly sameHand: number;
  readonly sameFinger: number;
  readonly sameKey: number;
  readonly aroundSpace: number;
  /** Standard deviation of the fixed personal deviation (natural log) of each key and each pair of keys. */
  readonly habit: number;
  /** `left` always takes Shift_L; `opposite` takes the hand that does not type the letter. */
  readonly shift: 'left' | 'opposite';
  readonly shiftLeadMs: Spread;
  /** Share of letters that are mistyped and corrected, and the time to notice. */
  readonly slips: number;
  readonly noticeMs: Spread;
  /** Share of words before which there is a pause for thought. */
  readonly pauses: number;
  readonly pauseMs: Spread;
}

export interface MouseHabits {
  /** Fitts's law in Shannon's form (MacKenzie 1992): duration = a + b log2(distance / width + 1). */
  readonly fittsAMs: number;
  readonly fittsBMs: number;
  /** Exponent on the time of a stroke: above 1 starts slowly, below 1 brakes slowly. */
  readonly skew: number;
  /** Sideways bow of a stroke as a share of its length, signed. */
  readonly bow: number;
  /** Physiological tremor, 8 to 12 Hz. */
  readonly tremorHz: number;
  readonly tremorPx: number;
  /** Share of strokes that shoot past the target and come back. */
  readonly overshoots: number;
  readonly beforeClickMs: Spread;
  readonly clickMs: Spread;
  readonly doubleClicks: number;
  readonly doubleGapMs: Spread;
  readonly rightClicks: number;
  readonly drags: number;
  readonly scrolls: number;
  readonly scrollSteps: number;
  readonly scrollGapMs: Spread;
}

export interface TypistProfile {
  readonly name: string;
  readonly typing: TypingHabits;
  readonly mouse: MouseHabits;
  /** How often each application follows each other one; the weights of a row need no particular sum. */
  readonly applications: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** How long a stay in one application lasts: 1 to twice as many sentences typed and things done with the mouse. */
  readonly burst: { readonly sentences: number; readonly mouseActs: number };
}

/** A quick touch typist: short holds, rollovers, light straight mouse strokes. */
export const ada: TypistProfile = {
  name: 'ada',
  typing: {
    dwellMs: { mean: 92, sd: 18 },
    fingerDwell: [1.08, 1.04, 0.98, 0.95, 0.92, 0.96, 1.05, 1.1, 1.0],
    intervalMs: { mean: 165, sd: 45 },
    sameHand: 1.18,
    sameFinger: 1.55,
    sameKey: 0.98,
    aroundSpace: 0.88,
    habit: 0.12,
    shift: 'opposite',
    shiftLeadMs: { mean: 85, sd: 25 },
    slips: 0.012,
    noticeMs: { mean: 260, sd: 90 },
    pauses: 0.06,
    pauseMs: { mean: 750, sd: 350 },
  },
  mouse: {
    fittsAMs: 140,
    fittsBMs: 115,
    skew: 0.86,
    bow: 0.035,
    tremorHz: 10.5,
    tremorPx: 0.35,
    overshoots: 0.12,
    beforeClickMs: { mean: 130, sd: 50 },
    clickMs: { mean: 82, sd: 14 },
    doubleClicks: 0.15,
    doubleGapMs: { mean: 110, sd: 20 },
    rightClicks: 0.05,
    drags: 0.08,
    scrolls: 0.3,
    scrollSteps: 7,
    scrollGapMs: { mean: 55, sd: 18 },
  },
  applications: {
    code: { 'gnome-terminal': 6, firefox: 3, slack: 1 },
    'gnome-terminal': { code: 8, firefox: 2 },
    firefox: { code: 6, slack: 2, 'gnome-terminal': 2 },
    slack: { code: 7, firefox: 3 },
  },
  burst: { sentences: 1, mouseActs: 2 },
};

/** A deliberate typist of few fingers: long holds, no rollovers, heavy bowed mouse strokes with corrections. */
export const grace: TypistProfile = {
  name: 'grace',
  typing: {
    dwellMs: { mean: 135, sd: 30 },
    fingerDwell: [1.15, 1.1, 1.0, 0.92, 0.96, 1.02, 1.12, 1.2, 0.85],
    intervalMs: { mean: 290, sd: 95 },
    sameHand: 1.06,
    sameFinger: 1.2,
    sameKey: 0.72,
    aroundSpace: 1.12,
    habit: 0.16,
    shift: 'left',
    shiftLeadMs: { mean: 190, sd: 60 },
    slips: 0.035,
    noticeMs: { mean: 520, sd: 200 },
    pauses: 0.16,
    pauseMs: { mean: 1100, sd: 550 },
  },
  mouse: {
    fittsAMs: 260,
    fittsBMs: 185,
    skew: 0.7,
    bow: -0.11,
    tremorHz: 8.4,
    tremorPx: 0.9,
    overshoots: 0.38,
    beforeClickMs: { mean: 310, sd: 130 },
    clickMs: { mean: 124, sd: 28 },
    doubleClicks: 0.3,
    doubleGapMs: { mean: 190, sd: 45 },
    rightClicks: 0.14,
    drags: 0.16,
    scrolls: 0.35,
    scrollSteps: 3,
    scrollGapMs: { mean: 150, sd: 50 },
  },
  applications: {
    'libreoffice-writer': { thunderbird: 6, firefox: 4 },
    thunderbird: { 'libreoffice-writer': 4, firefox: 5, evince: 1 },
    firefox: { thunderbird: 5, 'libreoffice-writer': 3, evince: 2 },
    evince: { 'libreoffice-writer': 7, firefox: 3 },
  },
  burst: { sentences: 1, mouseActs: 3 },
};

export const TYPISTS: readonly TypistProfile[] = [ada, grace];

/** @throws RangeError naming the typists that there are */
export function typistByName(name: string): TypistProfile {
  const found = TYPISTS.find((typist) => typist.name === name);
  if (found !== undefined) return found;
  throw new RangeError(`there is no typist of that name; choose ${TYPISTS.map((typist) => typist.name).join(' or ')}`);
}
