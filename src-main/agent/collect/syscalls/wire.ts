// What goes from the privileged helper to its readers: one JSON object a line over a Unix socket, once a second. In: a line. Out: the
// message, or the reason for refusing it.
import * as v from 'valibot';
import { syscallReading } from '../../monitor/syscalls-type.ts';

export const SOCKET_FILE = '/run/seclyzer/syscalls.sock';
export const GROUP = 'seclyzer';
/** A line with every call that there is, each with every bucket, is shorter. */
export const CHARACTERS_AT_MOST = 512 * 1024;

const words = v.pipe(v.string(), v.maxLength(1000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const helperMessage = v.variant('kind', [
  v.object({
    kind: v.literal('reading'),
    reading: syscallReading,
    /** Readers that did not keep up and were cut off, and lines of the tool that were not understood, since the helper began. */
    droppedReaders: count,
    malformedLines: count,
  }),
  /** The helper runs and can't count. */
  v.object({ kind: v.literal('unavailable'), reason: words, fix: words }),
]);
export type HelperMessage = v.InferOutput<typeof helperMessage>;

export type ParsedMessage =
  { readonly ok: true; readonly message: HelperMessage } | { readonly ok: false; readonly reason: string };

export function parseMessage(line: string): ParsedMessage {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, reason: 'not a JSON object' };
  }
  const result = v.safeParse(helperMessage, value);
  if (result.success) return { ok: true, message: result.output };
  const [issue] = result.issues;
  return { ok: false, reason: `${v.getDotPath(issue) ?? 'the message'} is not accepted` };
}
