// Records in, lines of the Influx line protocol out, with times in microseconds
// (https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/).
import type { OutletRecord } from './outlet-record.ts';

/** Of every line. */
export interface Tags {
  readonly host: string;
  readonly user: string;
}

type Field = number | string | null;

/** Empty for a record that says nothing. */
export function lineOf(record: OutletRecord, { host, user }: Tags): string {
  const line = (
    measurement: string,
    tags: Readonly<Record<string, string>>,
    fields: readonly (readonly [string, Field])[],
  ) => lineFrom(measurement, { host, ...tags, user }, fields, record.ts);
  switch (record.kind) {
    case 'features': {
      const { modality, names, values, events } = record;
      const fields = names.map((name, i) => [name, values[i] ?? null] as const);
      return line(`${modality}_features`, { modality }, [...fields, ['events', events]]);
    }
    case 'transition':
      return line('app_transitions', { modality: 'app' }, [
        ...([
          ['from', record.from],
          ['to', record.to],
        ] as const),
        ['dwell_seconds', record.dwellS],
      ]);
    case 'score': {
      const { trust, low, high, state, modalities } = record;
      const all = line('confidence_scores', { modality: 'all' }, [
        ...([
          ['trust', trust],
          ['low', low],
          ['high', high],
        ] as const),
        ['state', state],
      ]);
      const each = modalities.map(({ modality, llr, points }) =>
        line('confidence_scores', { modality }, [
          ['llr', llr],
          ['points', points],
        ]),
      );
      return [all, ...each].join('\n');
    }
    case 'change': {
      const { from, to, trust, reason } = record;
      return line('state_changes', { modality: 'all' }, [
        ...([
          ['from', from],
          ['to', to],
          ['trust', trust],
        ] as const),
        ['reason', reason],
      ]);
    }
  }
}

/** Tags in the order of their names, as the protocol's makers advise; what is not known is left out, for it has no null. */
export function lineFrom(
  measurement: string,
  tags: Readonly<Record<string, string>>,
  fields: readonly (readonly [name: string, value: Field])[],
  timestampUs: number,
): string {
  const told = fields.flatMap(([name, value]) => {
    if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return [];
    return [`${escaped(name, NAMES)}=${typeof value === 'number' ? value : `"${escaped(value, TEXTS)}"`}`];
  });
  if (told.length === 0) return '';
  const labels = Object.entries(tags)
    // A tag without a value is an error.
    .filter(([, value]) => value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `,${escaped(name, NAMES)}=${escaped(value, NAMES)}`);
  return `${escaped(measurement, MEASUREMENTS)}${labels.join('')} ${told.join(',')} ${Math.round(timestampUs)}`;
}

const MEASUREMENTS = /[, ]/g;
const NAMES = /[,= ]/g;
const TEXTS = /["\\]/g;

/** A line ends a record, whatever stands before it; and a backslash at the end of a name would escape what follows. */
const escaped = (text: string, special: RegExp): string =>
  text
    .replaceAll(/[\r\n\t]+/g, ' ')
    .replace(special === TEXTS ? /$^/ : /\\+$/, '')
    .replaceAll(special, String.raw`\$&`);
