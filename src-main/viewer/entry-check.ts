// What stands in Redis in, a host's entry out, or why it is none. Whoever has the password can write anything there.
import * as v from 'valibot';
import { hostPresence, installation, PRESENCE_MOST_BYTES, type HostPresence } from '../../src-preload/fleet.ts';

export type Checked<T> = { readonly ok: T } | { readonly refused: string };

const REASON_MOST = 300;
const hostName = v.object({ host: hostPresence.entries.host, user: hostPresence.entries.user });
export type HostName = v.InferOutput<typeof hostName>;

/** @param id that it stands under */
export function checkEntry(id: string, text: string): Checked<HostPresence> {
  if (Buffer.byteLength(text) > PRESENCE_MOST_BYTES)
    return refusal(`longer than ${PRESENCE_MOST_BYTES / 1024} KiB, which no entry of SecLyzer is`);
  const parsed = parse(text);
  if ('refused' in parsed) return parsed;
  const { format } = Object(parsed.ok) as { readonly format?: unknown };
  if (typeof format === 'number' && format !== 1)
    return refusal(`written in form ${format}, and this viewer knows form 1: the two are of different versions`);
  const checked = v.safeParse(hostPresence, parsed.ok);
  if (!checked.success) return refusal(issueText(checked.issues[0]));
  if (checked.output.id !== id) return refusal('it speaks of another installation than it stands under');
  return { ok: checked.output };
}

/** null: nothing that can be used, which a silent host's name is not worth a refusal. */
export function checkName(text: string): HostName | null {
  if (text.length > REASON_MOST * 4) return null;
  const parsed = parse(text);
  if ('refused' in parsed) return null;
  const checked = v.safeParse(hostName, parsed.ok);
  return checked.success ? checked.output : null;
}

export const isInstallation = (id: string): boolean => v.is(installation, id);

function parse(text: string): Checked<unknown> {
  try {
    return { ok: JSON.parse(text) as unknown };
  } catch {
    // What is wrong with it where says nothing to a reader.
    return refusal('no JSON');
  }
}

const refusal = (reason: string) => ({ refused: reason.slice(0, REASON_MOST) });

const issueText = (issue: v.BaseIssue<unknown>): string => `${v.getDotPath(issue) ?? 'the entry'}: ${issue.message}`;
