// Events and ticks in, records for whoever is to have them outside the machine out. Windows are measured only where somebody listens.
import type { AppEvent, InputEvent, KeystrokeEvent, MouseEvent } from '../../events.ts';
import type { CompleteVector } from '../../features/feature-table.ts';
import { KEYSTROKE_FEATURES, keystrokeVector, MOUSE_FEATURES, mouseVector } from '../../features/index.ts';
import { eventWindow } from '../../windows.ts';
import type { Tick } from '../../pipeline.ts';
import type { FeatureRecord, OutletRecord } from './outlet-record.ts';

export interface Tap {
  readonly accept: (event: InputEvent) => void;
  /** After each tick. */
  readonly tick: (tick: Tick, nowUs: number) => void;
  /** The answer ends it. */
  readonly listen: (listener: (record: OutletRecord) => void) => () => void;
}

/** Windows of half a minute, a new one each five seconds (DESIGN, section 5). */
const WINDOW_US = 30e6;
const HOP_US = 5e6;
/** With less in it a window says next to nothing. */
const LEAST_STROKES = 2;

const KEYSTROKE_NAMES = KEYSTROKE_FEATURES.map(({ name }) => name);
const MOUSE_NAMES = MOUSE_FEATURES.map(({ name }) => name);

export function createTap(): Tap {
  const listeners = new Set<(record: OutletRecord) => void>();
  const keys = eventWindow<KeystrokeEvent>(WINDOW_US);
  const mouse = eventWindow<MouseEvent>(WINDOW_US);
  const fresh = { keystroke: false, mouse: false };
  let focus: AppEvent | null = null;
  let hop = 0;
  const tell = (record: OutletRecord): void => {
    for (const listener of listeners) listener(record);
  };

  function switchTo(event: AppEvent): void {
    const before = focus;
    focus = event;
    if (before === null || before.app_name === event.app_name) return;
    const dwellS = (event.ts - before.ts) / 1e6;
    tell({ kind: 'transition', ts: event.ts, from: before.app_name, to: event.app_name, dwellS });
  }
  function windows(nowUs: number): readonly FeatureRecord[] {
    const records: FeatureRecord[] = [];
    const add = (modality: FeatureRecord['modality'], events: number, names: readonly string[], values: Float32Array) =>
      events >= LEAST_STROKES && records.push({ kind: 'features', modality, ts: nowUs, events, names, values });
    if (fresh.keystroke) {
      const { keystrokes, ...vector } = keystrokeVector(keys.until(nowUs));
      add('keystroke', keystrokes, KEYSTROKE_NAMES, known(vector));
    }
    if (fresh.mouse) {
      const { strokes, ...vector } = mouseVector(mouse.until(nowUs));
      add('mouse', strokes, MOUSE_NAMES, known(vector));
    }
    fresh.keystroke = fresh.mouse = false;
    return records;
  }

  return {
    accept: (event) => {
      if (listeners.size === 0) return;
      if (event.type === 'app') return switchTo(event);
      fresh[event.type] = true;
      if (event.type === 'keystroke') keys.push(event);
      else mouse.push(event);
    },
    tick: ({ point, decision, scores }, nowUs) => {
      if (listeners.size === 0) return;
      const { trust, low, high, state } = point;
      const modalities = [...scores].map(([modality, { llr, points }]) => ({ modality, llr, points }));
      tell({ kind: 'score', ts: nowUs, trust, low, high, state, modalities });
      if (decision !== null) {
        const { atMs, from, to, reason } = decision;
        tell({ kind: 'change', ts: Math.round(atMs * 1000), from, to, trust: decision.trust, reason });
      }
      const now = Math.floor(nowUs / HOP_US);
      if (now === hop) return;
      hop = now;
      for (const record of windows(nowUs)) tell(record);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        // What nobody is to have is not kept.
        keys.clear();
        mouse.clear();
        focus = null;
      };
    },
  };
}

/** What the window could not tell is not made up. */
const known = ({ vector, missing }: CompleteVector): Float32Array =>
  vector.map((value, i) => (missing[i] === 1 ? NaN : value));
