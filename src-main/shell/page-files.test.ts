import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dashboardAddress, pageFile, pageHeaders } from './page-files.ts';

const ROOT = '/opt/seclyzer/out/renderer';

for (const [url, file, contentType] of [
  ['seclyzer://app/', `${ROOT}/index.html`, 'text/html; charset=utf-8'],
  ['seclyzer://app/index.html?at=5#/history', `${ROOT}/index.html`, 'text/html; charset=utf-8'],
  ['seclyzer://app/main.js', `${ROOT}/main.js`, 'text/javascript; charset=utf-8'],
  ['seclyzer://app/a/../main.css', `${ROOT}/main.css`, 'text/css; charset=utf-8'],
  ['seclyzer://app/fonts/a%20b.woff2', `${ROOT}/fonts/a b.woff2`, 'font/woff2'],
] as const) {
  test(`served: ${url}`, () => assert.deepEqual(pageFile(ROOT, url), { file, contentType }));
}

for (const url of [
  'seclyzer://app/%2e%2e%2fmain%2fmain.js',
  'seclyzer://app/..%2f..%2fetc%2fpasswd.js',
  'seclyzer://app/..%2frenderer-other%2fmain.js',
  'seclyzer://app/..%5cmain.js',
  'seclyzer://app/main.js%00.html',
  'seclyzer://app/%ff.js',
  'seclyzer://app/.env',
  'seclyzer://app/main.js.map',
  'seclyzer://app/fonts',
  'seclyzer://evil/index.html',
  'seclyzer://app:99/index.html',
  'file:///opt/seclyzer/out/renderer/index.html',
  'https://app/index.html',
  'nonsense',
]) {
  test(`refused: ${url}`, () => assert.equal(pageFile(ROOT, url), null));
}

test('every answer forbids what the dashboard does not need', () => {
  const headers = pageHeaders('text/html; charset=utf-8');
  assert.equal(
    headers['content-security-policy'],
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  assert.equal(headers['x-content-type-options'], 'nosniff');
});

test('a link leads into the dashboard, and anything else to its first page', () => {
  assert.equal(dashboardAddress('#/history?at=1701423846000'), 'seclyzer://app/#/history?at=1701423846000');
  assert.equal(dashboardAddress('#/guard?incident=42'), 'seclyzer://app/#/guard?incident=42');
  assert.equal(dashboardAddress('#/settings'), 'seclyzer://app/#/settings');
  for (const link of ['', '#/', '.evil/', '/main.js', '@evil', 'https://evil/', '#/x\n', '#/../x', '?a#/'])
    assert.equal(dashboardAddress(link), 'seclyzer://app/#/');
});
