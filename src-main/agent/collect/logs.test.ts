import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { testFolder } from '../store/test-folder.ts';
import { findLogs } from './logs.ts';

function machineWith(t: TestContext, names: readonly string[]): string {
  const root = testFolder(t);
  mkdirSync(join(root, 'var/log/audit'), { recursive: true });
  for (const name of names) writeFileSync(join(root, 'var/log', name), 'a line\n');
  return root;
}

test('logins, then one file of the rest, and what stands beside them', async (t) => {
  const root = machineWith(t, ['auth.log', 'secure', 'syslog', 'messages', 'fail2ban.log']);
  const { sources, lack } = await findLogs(root);
  assert.equal(lack, null);
  assert.deepEqual(
    sources.map((source) => (source.kind === 'file' ? [source.path.slice(root.length), source.role] : source.kind)),
    [
      ['/var/log/auth.log', 'all'],
      ['/var/log/syslog', 'beside'],
      ['/var/log/fail2ban.log', 'beside'],
    ],
  );
});

test('what tells of no logins is read, and the lack is said', async (t) => {
  const root = machineWith(t, ['fail2ban.log']);
  const { sources, lack } = await findLogs(root);
  assert.deepEqual(sources, [{ kind: 'file', path: join(root, 'var/log/fail2ban.log'), role: 'all' }]);
  assert.match(lack?.reason ?? '', /no journal and no file of rsyslog/);
  assert.match(lack?.fix ?? '', /apt-get install rsyslog/);
});

test('nothing at all', async (t) => {
  const { sources, lack } = await findLogs(machineWith(t, []));
  assert.deepEqual(sources, []);
  assert.match(lack?.reason ?? '', /no journal/);
});

const root = process.getuid?.() === 0;
test('a file that this user may not read', { skip: root ? 'root may read everything' : false }, async (t) => {
  const folder = machineWith(t, ['auth.log', 'fail2ban.log']);
  chmodSync(join(folder, 'var/log/auth.log'), 0);
  const { sources, lack } = await findLogs(folder);
  assert.equal(sources.length, 1);
  assert.match(lack?.reason ?? '', /auth\.log is for its owner alone/);
});
