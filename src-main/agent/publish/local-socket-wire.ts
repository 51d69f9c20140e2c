// What goes over the local socket: lines of JSON. The agent greets first; then requests one way, responses and pushes the other.
// In: bytes as they come. Out: whole lines, and a checked greeting.
import { StringDecoder } from 'node:string_decoder';
import * as v from 'valibot';

const greeting = v.variant('ok', [
  v.object({
    ok: v.literal(true),
    pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
    version: v.string(),
    startedMs: v.pipe(v.number(), v.minValue(0)),
  }),
  /** The connection ends after this one. */
  v.object({ ok: v.literal(false), error: v.string() }),
]);
export type Greeting = v.InferOutput<typeof greeting>;

/** Null when it is none of ours. */
export function readGreeting(value: unknown): Greeting | null {
  const parsed = v.safeParse(greeting, value);
  return parsed.success ? parsed.output : null;
}

export class LineTooLong extends Error {}

export const toLine = (message: unknown): string => `${JSON.stringify(message)}\n`;

/**
 * Cuts a stream of UTF-8 into lines; the last one is kept until its end comes.
 * @param maxCharacters of one line
 * @returns a function from the next bytes to the lines they end; it throws LineTooLong, and is of no use afterwards
 */
export function createLineSplitter(maxCharacters: number): (bytes: Buffer) => readonly string[] {
  const decoder = new StringDecoder('utf8');
  let pending = '';
  return (bytes) => {
    const [end = '', ...more] = decoder.write(bytes).split('\n');
    const lines = [pending + end, ...more];
    if (lines.some(({ length }) => length > maxCharacters)) {
      throw new LineTooLong(`A line has more than ${maxCharacters} characters.`);
    }
    pending = lines.pop() ?? '';
    return lines;
  };
}
