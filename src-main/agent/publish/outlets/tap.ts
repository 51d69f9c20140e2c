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
  /** What comes next is another sitting: no window holds events of both. */
  readonly interrupt: () => void;
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
  /** Whether anything has come since the last hop, and how much since the last window that was told. */
  const news = { keystroke: false, mouse: false };
  const fresh = { keystroke: 0, mouse: 0 };
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
    const add = (of: Pick<FeatureRecord, 'modality' | 'names' | 'events' | 'raw'>, values: Float32Array): void => {
      if (of.events < LEAST_STROKES) return;
      records.push({ kind: 'features', ts: nowUs, ...of, fresh: Math.min(fresh[of.modality], of.raw), values });
      fresh[of.modality] = 0;
    };
    if (news.keystroke) {
      const all = keys.until(nowUs);
      const { keystrokes: events, ...vector } = keystrokeVector(all);
      add({ modality: 'keystroke', names: KEYSTROKE_NAMES, events, raw: all.length }, known(vector));
    }
    if (news.mouse) {
      const all = mouse.until(nowUs);
      const { strokes: events, ...vector } = mouseVector(all);
      add({ modality: 'mouse', names: MOUSE_NAMES, events, raw: all.length }, known(vector));
    }
    news.keystroke = news.mouse = false;
    return records;
  }

  function forget(): void {
    keys.clear();
    mouse.clear();
    news.keystroke = news.mouse = false;
    fresh.keystroke = fresh.mouse = 0;
  }

  return {
    accept: (event) => {
      if (listeners.size === 0) return;
      if (event.type === 'app') return switchTo(event);
      news[event.type] = true;
      fresh[event.type] += 1;
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
    interrupt: forget,
    listen: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        // What nobody is to have is not kept.
        forget();
        focus = null;
      };
    },
  };
}

/** What the window could not tell is not made up. */
const known = ({ vector, missing }: CompleteVector): Float32Array =>
  vector.map((value, i) => (missing[i] === 1 ? NaN : value));
