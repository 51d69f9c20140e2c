// What is wrong with a request in, the answer that says so out, as RFC 9457 has it: a document of problem details.
import { STATUS_CODES } from 'node:http';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export interface ProblemDetails {
  /** The status says what kind of problem it is: RFC 9457, 4.2.1. */
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  /** What happened, and what to do about it. */
  readonly detail: string;
  /** The parameter or member that is wrong. */
  readonly parameter?: string;
  /** Names that the caller may have meant. */
  readonly near?: readonly string[];
}

type More = Pick<ProblemDetails, 'parameter' | 'near'> & { readonly headers?: Readonly<Record<string, string>> };

/** Thrown where a request is answered; the server turns it into the answer. */
export class Problem extends Error {
  readonly details: ProblemDetails;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail: string, { headers = {}, ...more }: More = {}) {
    super(detail);
    this.details = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Unknown', status, detail, ...more };
    this.headers = headers;
  }
}
