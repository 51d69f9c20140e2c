// A score of a subject in, what goes to the channel and the stream of scores out. Numbers and the names of machine and user, as an agent's own
// scores have them; in plain, for whoever may listen there.
import type { ScoreRecord } from '../publish/outlets/outlet-record.ts';
import type { Entry } from './entry.ts';
import { positionText, type Position } from './position.ts';

export function scoreMessage(
  { ts, trust, low, high, state, modalities }: ScoreRecord,
  { host, user }: Pick<Entry, 'host' | 'user'>,
  subject: string,
  at: Position,
): string {
  return JSON.stringify({
    ...{ type: 'score', ts, host, user, trust, low, high, state, modalities },
    ...{ by: 'scorer', subject, n: positionText(at) },
  });
}
