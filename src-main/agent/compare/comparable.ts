// What is compared: one output of one implementation, whoever made it, as figures and words under names of their own.
import type { OutletRecord } from '../publish/outlets/outlet-record.ts';

export type Side = 'A' | 'B';
export const SIDES = ['A', 'B'] as const satisfies readonly Side[];
export const otherSide = (side: Side): Side => (side === 'A' ? 'B' : 'A');

export type ComparedKind = 'features' | 'scores' | 'decision';

export interface Comparable {
  readonly kind: ComparedKind;
  /** Whom it is about; empty where that is not told. */
  readonly subject: string;
  /** Who made it; empty for the agent of the subject itself. */
  readonly by: string;
  /** `all` for what several modalities came to. */
  readonly modality: string;
  /** End of the window, microseconds since the epoch. */
  readonly ts: number;
  /** Each name once. NaN: the figure is there and says that it is not known. */
  readonly figures: readonly (readonly [name: string, value: number])[];
  /** What must be the same word on both sides. */
  readonly words: readonly (readonly [name: string, word: string])[];
}

export function comparableOf(record: OutletRecord, subject: string): Comparable {
  const head = { ts: record.ts, subject, by: '' };
  switch (record.kind) {
    case 'features': {
      const { modality, names, values, events } = record;
      const figures = names.map((name, i) => [`${modality}.${name}`, values[i] ?? NaN] as const);
      return {
        ...{ kind: 'features', ...head, modality },
        figures: [...figures, [`${modality}.events`, events]],
        words: [],
      };
    }
    case 'transition':
      return {
        ...{ kind: 'features', ...head, modality: 'app', figures: [['app.dwell_seconds', record.dwellS]] },
        words: [
          ['app.from', record.from],
          ['app.to', record.to],
        ],
      };
    case 'score': {
      const each = record.modalities.flatMap(
        ({ modality, llr, points }) =>
          [
            [`${modality}.llr`, llr],
            [`${modality}.points`, points],
          ] as const,
      );
      const levels = (['trust', 'low', 'high'] as const).map((name) => [name, record[name] ?? NaN] as const);
      return {
        ...{ kind: 'scores', ...head, modality: 'all', figures: [...levels, ...each] },
        words: [['state', record.state]],
      };
    }
    case 'change':
      return {
        ...{ kind: 'decision', ...head, modality: 'all', figures: [] },
        words: [['decision', `${record.from} → ${record.to}`]],
      };
  }
}
