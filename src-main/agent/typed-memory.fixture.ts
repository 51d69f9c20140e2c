// For linguistic-privacy.test.ts, in a process of its own: types a word whose letters never stand together anywhere in this program, and
// looks for it in all of the process's memory, while the track may look at it and after it was told to forget. Prints how often it was
// found each time, as JSON.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { STRETCH_WORDS } from './features/linguistic-features.ts';
import { loadLinguisticPrior } from './learn/linguistic-prior.ts';
import { linguisticTrack } from './linguistic-track.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { openMemoryStore } from './store/open-store.ts';

/** Letters as they are kept here, so that this list is not found. */
const MASK = 0x5a;
const WORD = [0x20, 0x2b, 0x22, 0x2c, 0x30, 0x2d, 0x3c, 0x31, 0x2a, 0x37, 0x38, 0x2b];
/** Bytes from one letter to the next: Latin-1 strings, UTF-16 strings, the numbers of typed-text.ts. */
const STRIDES = [1, 2, 4];
const CHUNK = 1 << 22;
const START_US = 1_700_000_000_000_000;

/** How often the word lies in the writable memory of this process. */
function findWord(): number {
  const memory = openSync('/proc/self/mem', 'r');
  const chunk = Buffer.alloc(CHUNK);
  const overlap = WORD.length * 4;
  let found = 0;
  for (const line of readFileSync('/proc/self/maps', 'utf8').split('\n')) {
    const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    if (from === undefined || to === undefined || line.includes('[v')) continue;
    const end = Number.parseInt(to, 16);
    for (let at = Number.parseInt(from, 16); at < end; at += CHUNK - overlap) {
      const read = readAt(memory, chunk, Math.min(CHUNK, end - at), at);
      found += findIn(chunk.subarray(0, read));
      // What was read must not be found again.
      chunk.fill(0);
    }
  }
  closeSync(memory);
  return found;
}

/** 0 for memory that was given back since it was listed: what it held is nobody's any more. */
function readAt(memory: number, chunk: Buffer, length: number, at: number): number {
  try {
    return readSync(memory, chunk, 0, length, at);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EIO') return 0;
    throw error;
  }
}

function findIn(bytes: Buffer): number {
  const first = (WORD[0] ?? 0) ^ MASK;
  let found = 0;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (STRIDES.some((stride) => WORD.every((letter, i) => ((bytes[at + i * stride] ?? 0) ^ MASK) === letter)))
      found += 1;
  }
  return found;
}

const track = linguisticTrack({
  settings: DEFAULT_SETTINGS,
  store: openMemoryStore(),
  prior: await loadLinguisticPrior(path.resolve(import.meta.dirname, '../../models')),
  seed: 1,
});
let nowUs = START_US;
const press = (key: string): void => {
  nowUs += 100_000;
  track.accept({ type: 'keystroke', ts: nowUs, key, event: 'press' });
  track.accept({ type: 'keystroke', ts: nowUs + 1, key, event: 'release' });
};
const type = (): void => {
  press('Return');
  for (const letter of WORD) press(String.fromCharCode(letter ^ MASK));
};

const before = findWord();
type();
const typed = findWord();
track.interrupt();
const turnedOff = findWord();
type();
press('space');
await track.tick(nowUs + 31_000_000, true);
const counted = findWord();
track.interrupt();
press('Return');
for (let i = 1; i < STRETCH_WORDS; i += 1) for (const key of ['a', 'space']) press(key);
type();
// The last word of a stretch, which is counted at this moment.
press('space');
const stretched = findWord();
console.log(JSON.stringify({ before, typed, turnedOff, counted, stretched }));
