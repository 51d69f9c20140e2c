// A batch of lines and where it goes in, what became of it out: taken, to be tried again, or never to be taken.
import { codeOf, messageOf } from '../../thrown.ts';
import { isOwnMachine } from '../own-machine.ts';

export interface Target {
  /** `https://db.example:8086`, without a path of its own where the store stands at the root. */
  readonly url: string;
  readonly org: string;
  readonly bucket: string;
  readonly token: string | null;
}

export type Sent =
  | { readonly kind: 'taken' }
  /** By nobody's fault but the line's or the server's: later. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs: number | null }
  /** Until somebody changes the settings or the rights: nothing is lost meanwhile. */
  | { readonly kind: 'refused'; readonly reason: string; readonly fix: string }
  /** What is wrong is in the batch: it would be refused forever. */
  | { readonly kind: 'rejected'; readonly reason: string };

const TIMEOUT_MS = 10_000;
const MOST_WORDS = 300;

/**
 * `POST /api/v2/write`, which InfluxDB 2 and 3, VictoriaMetrics and Telegraf take alike.
 * @param body gzip
 */
export async function sendLines(body: Uint8Array<ArrayBuffer>, target: Target, signal?: AbortSignal): Promise<Sent> {
  const { org, bucket, token } = target;
  const url = new URL(`${target.url.replace(/\/+$/, '')}/api/v2/write`);
  for (const [name, value] of Object.entries({ org, bucket, precision: 'us' })) url.searchParams.set(name, value);
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-encoding': 'gzip',
    ...(token === null ? {} : { authorization: `Token ${token}` }),
  };
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await fetch(url, {
      ...{ method: 'POST', headers, body, redirect: 'error' },
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    return sentOf(answer.status, answer.headers.get('retry-after'), await answer.text());
  } catch (error) {
    return { kind: 'later', reason: `${url.host} can't be reached: ${whyNot(error)}`, afterMs: null };
  }
}

/** By the status codes of InfluxDB's API: https://docs.influxdata.com/influxdb/v2/api/ */
export function sentOf(status: number, retryAfter: string | null, answer: string): Sent {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  const said = saidIn(answer);
  const reason = `the database answered ${status}${said === '' ? '' : `: ${said}`}`;
  switch (status) {
    case 401:
    case 403:
      return { kind: 'refused', reason, fix: 'Put a token that may write to the bucket into the token file.' };
    case 404:
      return { kind: 'refused', reason, fix: 'Look at the address, the organisation and the bucket.' };
    case 400:
    case 413:
    case 422:
      return { kind: 'rejected', reason };
    default:
      // 429 and what the server has to answer for, and what no database of this kind says.
      return { kind: 'later', reason, afterMs: secondsOf(retryAfter) };
  }
}

function saidIn(answer: string): string {
  try {
    const { message } = JSON.parse(answer) as { readonly message?: unknown };
    if (typeof message === 'string') return message.slice(0, MOST_WORDS);
  } catch {
    // Plain text, as VictoriaMetrics and every proxy in between answer.
  }
  return answer.replaceAll(/\s+/g, ' ').trim().slice(0, MOST_WORDS);
}

function secondsOf(retryAfter: string | null): number | null {
  const seconds = Number(retryAfter ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

/** `fetch` says only that it failed; why stands in its cause. */
function whyNot(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer in ${TIMEOUT_MS / 1000} s`;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return codeOf(cause) === 'ECONNREFUSED' ? 'nothing listens there' : messageOf(cause);
}

/** Whether what is sent can be read on its way: without encryption, to anywhere but this machine. */
export function travelsInPlain(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isOwnMachine(hostname);
}
