// A process of its own that scores once, in a home folder of its own. Where the library is let, it leaves a database and a number of this machine
// there, and a file among the temporary ones.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testFolder } from '../store/test-folder.ts';

test('the library that runs the models reports to nobody and leaves nothing behind', (t) => {
  const home = testFolder(t);
  const { CI: _ci, ORT_DISABLE_TELEMETRY: _told, XDG_CACHE_HOME: _cache, ...env } = process.env;
  const fixture = fileURLToPath(new URL('onnx-runtime.fixture.ts', import.meta.url));
  const { status, stdout, stderr, pid } = spawnSync(process.execPath, [fixture], {
    encoding: 'utf8',
    env: { ...env, HOME: home, TMPDIR: home },
  });
  assert.deepEqual([status, stdout, stderr], [0, '0.5', '']);
  assert.deepEqual(readdirSync(home, { recursive: true }), []);
  assert.ok(!readdirSync('/tmp').includes(`mat-debug-${pid}.log`));
});
