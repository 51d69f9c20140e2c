// Text in, piece by piece, the outputs that its lines hold out, with a count of those that hold none.
import { parseOutput } from '../../agent/compare/output-line.ts';
import type { Sink, SideEnd } from './side.ts';

/** A vector of 140 figures is some 5,000 characters. What is longer is no output, and is not held in memory. */
const MOST_CHARACTERS = 65_536;

export async function readOutputs(text: AsyncIterable<string>, sink: Sink, signal: AbortSignal): Promise<SideEnd> {
  const refused: Record<string, number> = {};
  let rest = '';
  async function take(line: string): Promise<void> {
    if (line.trim() === '') return;
    const parsed =
      line.length > MOST_CHARACTERS ? { refused: `a line of over ${MOST_CHARACTERS} characters` } : parseOutput(line);
    if ('record' in parsed) await sink(parsed.record);
    else refused[parsed.refused] = (refused[parsed.refused] ?? 0) + 1;
  }
  for await (const piece of text) {
    if (signal.aborted) break;
    const lines = (rest + piece).split('\n');
    rest = (lines.pop() ?? '').slice(0, MOST_CHARACTERS + 1);
    for (const line of lines) await take(line);
  }
  if (!signal.aborted) await take(rest);
  return { refused, problems: [] };
}
