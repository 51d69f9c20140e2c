import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { testFolder } from '../agent/store/test-folder.ts';
import { UNIT_NAME, unitText } from './unit.ts';

const skip =
  spawnSync('systemd-analyze', ['--version'], { stdio: 'ignore' }).status === 0 ? false : 'there is no systemd-analyze';
/** Of systemd's scale from 0 (safe) to 10; below 2 it says OK. */
const EXPOSURE_AT_MOST = 1.5;

test('systemd accepts the unit and finds little that it could do beyond its task', { skip }, (t) => {
  const file = join(testFolder(t), UNIT_NAME);
  // `verify` wants the program to be there.
  writeFileSync(file, unitText({ node: '/usr/bin/env', program: '/usr/local/lib/seclyzer/syscall-helper.mjs' }));
  const verify = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
  assert.deepEqual([verify.status, verify.stdout + verify.stderr], [0, '']);
  const security = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', file], {
    encoding: 'utf8',
  });
  const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(security.stdout)?.[1] ?? NaN);
  assert.ok(exposure <= EXPOSURE_AT_MOST, `exposure ${exposure}: ${security.stderr}`);
});
