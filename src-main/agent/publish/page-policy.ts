// The headers that go out with every answer of the browser host: the page may load and call this server and nothing else.
import { PAGE_POLICY } from '../../page-policy.ts';

export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** What a stranger is told: how the token is to be had. */
export interface NoToken {
  readonly page: string;
  readonly error: string;
}

/** Without style, since the policy allows no inline one. @param lines of HTML */
export const noTokenPage = (lines: readonly string[]): string => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>SecLyzer</title></head>
  <body>
    <h1>This dashboard opens by its link only</h1>
${lines.map((line) => `    ${line}`).join('\n')}
  </body>
</html>
`;

export const NO_TOKEN: NoToken = {
  page: noTokenPage([
    '<p>Run <code>seclyzer status</code> on this machine (in a checkout: <code>npm run -s seclyzer -- status</code>)',
    'and open the link that it prints.</p>',
    '<p>The link changes each time SecLyzer starts.</p>',
  ]),
  error: 'The token is missing or out of date. `seclyzer status` prints the link with it.',
};
