// The name of a file in, a tap out whose records are written there, a line each.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { outputLine } from '../../agent/compare/output-line.ts';
import { createTap, type Tap } from '../../agent/publish/outlets/tap.ts';
import { Misused } from '../context.ts';

export interface OutputsWriter {
  readonly tap: Tap;
  /** Resolves when more can be taken. Rejects where the disk does not take it. */
  readonly drained: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * @param name .jsonl, .jsonl.gz, or - for standard output; a file of that name is written over
 * @throws Misused for another name, Error where it can't be written
 */
export async function writeOutputs(name: string): Promise<OutputsWriter> {
  if (name !== '-' && !/\.jsonl(\.gz)?$/.test(name))
    throw new Misused('error: the name after --outputs must end in .jsonl or .jsonl.gz, or be -');
  const file = name === '-' ? process.stdout : createWriteStream(resolve(name), { mode: 0o600 });
  if (name !== '-') await once(file, 'open');
  const gzip = name.endsWith('.gz') ? createGzip() : null;
  gzip?.pipe(file);
  const target = gzip ?? file;
  const sender = { host: hostname(), user: userInfo().username, id: randomUUID(), run: randomUUID() };
  let seq = 0;
  let isFull = false;
  const tap = createTap();
  tap.listen((record) => {
    seq += 1;
    isFull = !target.write(`${outputLine(record, sender, seq)}\n`);
  });
  return {
    tap,
    drained: async () => {
      if (!isFull) return;
      isFull = false;
      await once(target, 'drain');
    },
    close: async () => {
      if (name === '-') return;
      const done = finished(file);
      target.end();
      await done;
    },
  };
}
