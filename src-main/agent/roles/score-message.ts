// A score of a subject in, what goes to the channels and the stream of scores out: a score as an agent's own are, with who has made it. In plain,
// for whoever may listen there.
import type { ScoreRecord } from '../publish/outlets/outlet-record.ts';
import type { Entry } from './entry.ts';
import type { Position } from './position.ts';

export function scoreMessage(
  { ts, trust, low, high, state, modalities }: ScoreRecord,
  { host, user, id }: Pick<Entry, 'host' | 'user' | 'id'>,
  subject: string,
  { run, seq }: Position,
): string {
  const each = Object.fromEntries(modalities.map(({ modality, llr, points }) => [modality, { llr, points }]));
  const head = { v: 1, host, user, id, run: runName(subject, run), seq, ts };
  return JSON.stringify({ type: 'score', ...head, trust, low, high, state, modalities: each, by: 'scorer' });
}

/** With the number of the entry it names the score: one that came twice is the same, and no agent's own has it. */
export const runName = (subject: string, run: number): string =>
  `${Buffer.from(subject, 'base64url').subarray(0, 6).toString('hex')}-${run.toString(16).padStart(8, '0')}`;
