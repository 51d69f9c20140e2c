// State and trust in, what they mean in plain words out.
import type { Modality, Snapshot, State } from '../../../src-preload/contract.ts';

export const MODALITY_WORDS = {
  keystroke: 'typing',
  mouse: 'mouse movement',
  app: 'application use',
  linguistic: 'writing',
} as const satisfies Record<Modality, string>;

export interface Situation {
  readonly state: State;
  readonly trust: number | null;
  /** Modalities with a model, and their latest points. */
  readonly fits: readonly Modality[];
  readonly differs: readonly Modality[];
  readonly idleMs: number;
  /** The desktop itself says that nobody is there. */
  readonly desktopIdle: boolean;
  /** The sentence while learning. */
  readonly learning: string;
}

const IDLE_MS = 120_000;

/** One or two sentences for the dashboard and the tooltip. */
export function sentenceFor({ state, trust, fits, differs, idleMs, desktopIdle, learning }: Situation): string {
  if (state === 'LEARNING' || trust === null) return learning;
  if (idleMs > IDLE_MS) {
    const alone = desktopIdle ? ', and the desktop says that nobody is there' : '';
    return `No input for ${Math.round(idleMs / 60_000)} min${alone}, so nothing new is known about who is here.`;
  }
  const odd =
    differs.length > 0 ? ` ${capitalised(listed(differs))} ${verb(differs, 'differs', 'differ')} from yours.` : '';
  const good = fits.length > 0 ? ` ${capitalised(listed(fits))} ${verb(fits, 'fits', 'fit')}.` : '';
  switch (state) {
    case 'NORMAL':
      if (good === '' && odd === '')
        return 'Nothing typed or moved lately tells who is here; nothing speaks against you.';
      return `This is you.${good}${odd}`;
    case 'MONITORING':
      return `This may not be you.${odd}${good}`;
    case 'RESTRICTED':
      return `This is probably not you.${odd}${good}`;
    case 'LOCKDOWN':
      return `Somebody else seems to be using this session.${odd}`;
    default:
      return assertNever(state);
  }
}

/** Null while somebody may be looked at. */
export function awaySentence({ paused, screen }: Pick<Snapshot, 'paused' | 'screen'>): string | null {
  if (paused !== null) return 'Paused: nothing is watched or learned meanwhile.';
  return screen === 'locked' ? 'The screen is locked: nothing is watched until it is unlocked.' : null;
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
export const listed = (modalities: readonly Modality[]): string =>
  list.format(modalities.map((m) => MODALITY_WORDS[m]));
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const verb = (subjects: readonly unknown[], one: string, many: string): string => (subjects.length === 1 ? one : many);

function assertNever(state: never): never {
  throw new Error(`unknown state ${String(state)}`);
}
