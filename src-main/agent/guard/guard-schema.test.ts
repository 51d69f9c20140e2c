import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCipher, type SealContext } from '../store/cipher.ts';
import { loadDriver } from '../store/driver.ts';
import { migrate, schemaVersion } from '../store/schema.ts';
import { testKey } from '../store/test-folder.ts';
import { GUARD_MIGRATIONS } from './guard-schema.ts';
import { createGuardStore } from './guard-store.ts';

const cipher = createCipher(testKey());
const sealed = (value: unknown, context: SealContext) => cipher.seal(Buffer.from(JSON.stringify(value)), context);

test('alerts and incidents of the first version are still there, with their numbers and times', () => {
  const db = new (loadDriver())(':memory:');
  migrate(db, cipher, GUARD_MIGRATIONS.slice(0, 1));
  const alert = { id: 4, atMs: 2000.5, firstMs: 1000, count: 31, risk: 'HIGH', incident: 7, explanation: 'Guessing.' };
  db.prepare('INSERT INTO alert (id, at_ms, risk, incident, body) VALUES (4, 2000.5, 2, 7, ?)').run(
    sealed(alert, ['guard.alert', 4, 2000.5, 2, 7]),
  );
  const incident = { id: 7, firstMs: 1000, lastMs: 2000.5, risk: 'HIGH', acknowledgedMs: null, title: 'Ōsaka' };
  db.prepare('INSERT INTO incident (id, first_ms, last_ms, risk, open, body) VALUES (7, 1000, 2000.5, 2, 1, ?)').run(
    sealed(incident, ['guard.incident', 7, 1000, 2000.5, 2, 1]),
  );

  migrate(db, cipher, GUARD_MIGRATIONS);
  assert.equal(schemaVersion(db), GUARD_MIGRATIONS.length);
  const store = createGuardStore(db, cipher);
  assert.deepEqual(store.alerts(10, 0), [alert]);
  assert.deepEqual(store.incidents(10), [{ ...incident, techniques: [] }]);
  store.close();
});
