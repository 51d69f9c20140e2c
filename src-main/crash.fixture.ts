// For no-dumps.test.ts, in a process of its own: holds a word in its memory, and then dies as it was told to. In: how, and whether it keeps
// out of dumps. The word is put together here, for the arguments of a process are in every dump.
import { setTimeout as sleep } from 'node:timers/promises';
import { keepOutOfDumps } from './no-dumps.ts';

const [, , how, guarded] = process.argv;
if (guarded === 'guarded') keepOutOfDumps();
const word = ['zemb', 'lati', 'tude'].join('');
const held = [Buffer.from(word.repeat(100)), Buffer.from(word.repeat(100), 'utf16le'), `${word} as a text`];
await sleep(10);
if (how === 'throw') throw new Error(`died with ${held.length} things in memory`);
if (how === 'abort') process.abort();
process.kill(process.pid, 'SIGSEGV');
