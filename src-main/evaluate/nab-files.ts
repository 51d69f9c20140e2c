// A folder of the Numenta Anomaly Benchmark enters (data/<category>/<file>.csv, labels/combined_windows.json), its series with their
// labelled windows leave.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface NabSeries {
  /** `realAWSCloudwatch/ec2_cpu_utilization_24ae8d.csv` */
  readonly name: string;
  /** As they stand in the file: local time without a zone. */
  readonly timestamps: readonly string[];
  readonly values: Float64Array;
  /** Rows of each window, first and last included. */
  readonly windows: readonly (readonly [first: number, last: number])[];
}

/** @throws Error where a file is missing or malformed; it is named. */
export async function readNab(folder: string): Promise<readonly NabSeries[]> {
  const data = join(folder, 'data');
  const labels = await readWindows(join(folder, 'labels', 'combined_windows.json'));
  const names = (await readdir(data, { recursive: true }))
    .filter((name) => name.endsWith('.csv'))
    .map((name) => name.replaceAll('\\', '/'));
  if (names.length === 0) throw new Error(`${data} holds no .csv file`);
  return await Promise.all(
    names
      .toSorted((a, b) => a.localeCompare(b, 'en'))
      .map(async (name) => {
        const windows = labels[name];
        if (windows === undefined) throw new Error(`combined_windows.json does not name ${name}`);
        return parseSeries(name, await readFile(join(data, name), 'utf8'), windows);
      }),
  );
}

type Labels = Readonly<Record<string, readonly (readonly [string, string])[]>>;

async function readWindows(file: string): Promise<Labels> {
  const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
  const isPair = (one: unknown): boolean =>
    Array.isArray(one) && one.length === 2 && one.every((time) => typeof time === 'string');
  const isLabels =
    typeof parsed === 'object' &&
    parsed !== null &&
    Object.values(parsed).every((list) => Array.isArray(list) && list.every(isPair));
  if (!isLabels) throw new Error(`${file} is no list of windows by file`);
  return parsed as Labels;
}

export function parseSeries(name: string, text: string, windows: Labels[string]): NabSeries {
  const [head, ...lines] = text.trim().split(/\r?\n/);
  if (head !== 'timestamp,value') throw new Error(`${name} does not begin with timestamp,value`);
  const timestamps: string[] = [];
  const values = Float64Array.from(lines, (line, i) => {
    const [time = '', value = ''] = line.split(',');
    timestamps.push(time);
    if (value.trim() === '' || !Number.isFinite(Number(value))) throw new Error(`${name}, line ${i + 2}: no number`);
    return Number(value);
  });
  const rowAt = (time: string): number => {
    // Windows are written with a fraction of a second that is always 0.
    const row = timestamps.indexOf(time.replace(/\.0+$/, ''));
    if (row < 0) throw new Error(`${name} has no row of ${time}, where a window begins or ends`);
    return row;
  };
  return { name, timestamps, values, windows: windows.map(([from, to]) => [rowAt(from), rowAt(to)] as const) };
}
