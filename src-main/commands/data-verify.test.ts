// `seclyzer data verify` as a user runs it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { LogReport } from '../../src-preload/contract.ts';
import { openSealed } from '../agent/open-data.ts';
import { loadDriver } from '../agent/store/driver.ts';
import { cliWithHome } from './cli.fixture.ts';

const { dir, cli } = cliWithHome();
const data = join(dir, 'data');
const verify = (...more: string[]) => cli('data', 'verify', '--data', data, ...more);
const tamper = (sql: string): void => {
  const db = new (loadDriver())(join(data, 'seclyzer.db'));
  db.exec(sql);
  db.close();
};

describe('data verify', () => {
  before(async () => {
    const { store } = await openSealed(data, null);
    for (const n of [1, 2, 3])
      store.addAudit({ atMs: Date.UTC(2026, 10, n), kind: 'pause', text: `Paused for ${n} min.` });
    store.close();
  });

  test('a log that is whole: said in words and as JSON, exit code 0', async () => {
    const { code, out } = await verify();
    assert.equal(code, 0);
    assert.match(
      out,
      /^The audit log is whole: nothing was changed, removed, inserted, moved or cut off\.\n3 entries, number 1 to 3, from 1 Nov 2026/,
    );
    assert.match(out, /\nNewest entry: 3, hash [0-9a-f]{64}\n$/);
    const json = await verify('--json');
    const report = JSON.parse(json.out) as LogReport;
    assert.deepEqual([json.code, report.whole, report.entries, report.breaks], [0, true, 3, []]);
    assert.equal((await verify('--expect', report.hash.slice(0, 20))).code, 0);
    const other = await verify('--expect', 'ab'.repeat(10));
    assert.equal(other.code, 1);
    assert.match(other.out, /No entry has the hash that you asked for/);
  });

  test('misuse is exit code 2', async () => {
    for (const args of [['--expect', 'xyz'], ['--expect', 'ab12'], ['--nothing']])
      assert.equal((await verify(...args)).code, 2);
    assert.equal((await cli('data')).code, 2);
  });

  test('no database, no key: exit code 1 and what to do', async () => {
    const none = await cli('data', 'verify', '--data', join(dir, 'nowhere'));
    assert.equal(none.code, 1);
    assert.match(none.err, /There is no key in .*nowhere/);
    const file = await verify('--file', join(dir, 'nowhere.db'));
    assert.match(file.err, /There is no database at .*nowhere\.db/);
    const wrapped = join(dir, 'wrapped');
    await openSealed(wrapped, '07'.repeat(32)).then(({ store }) => store.close());
    writeFileSync(join(wrapped, 'data.key.wrapped'), 'sealed by a keyring');
    const keyring = await cli('data', 'verify', '--data', wrapped);
    assert.equal(keyring.code, 1);
    assert.match(keyring.err, /keyring, which only the tray application opens/);
    for (const command of [
      ['data', 'export'],
      ['data', 'delete', '--all', '--yes'],
      ['run', '--port', '0'],
    ]) {
      const refused = await cli(...command, '--data', wrapped);
      assert.equal(refused.code, 1);
      assert.match(refused.err, /keyring, which only the tray application opens\. Start the tray application and ask/);
    }
    const service = await cli('service', 'install', '--yes', '--data', wrapped);
    assert.equal(service.code, 1);
    assert.match(service.err, /wrapped lies in the desktop's keyring, which only the tray application opens\. Name/);
    const status = await cli('status', '--data', wrapped);
    assert.match(status.err, /is not running on .*wrapped\. Start the tray application: the key to its data lies in/);
    const hashes = await cli('data', 'verify', '--data', wrapped, '--no-key');
    assert.equal(hashes.code, 0);
    assert.match(hashes.out, /without the key/);
  });

  test('a log that was tampered with: the first broken entry and what is wrong, exit code 1', async () => {
    tamper(`UPDATE entry SET at_ms = at_ms + 1 WHERE seq = 2`);
    const { code, out } = await verify();
    assert.equal(code, 1);
    assert.match(
      out,
      /^The audit log is not whole\.\nEntry 2 was changed: its time, kind or place is not what it was\.\n/,
    );
    const json = JSON.parse((await verify('--json')).out) as LogReport;
    assert.deepEqual([json.whole, json.broken, json.breaks[0]?.seq, json.breaks[0]?.fault], [false, 1, 2, 'changed']);
  });
});
