// What the guard keeps in, and back out after a restart: where reading has got to together with all that was made of the lines so far, in
// one transaction, so that a crash at any moment loses nothing and repeats nothing. Everything that tells of somebody is sealed.
import { deflateSync, inflateSync } from 'node:zlib';
import type { Cipher, SealContext } from '../store/cipher.ts';
import type { Database } from '../store/driver.ts';
import { storeError } from '../store/store-error.ts';
import type { GuardAlert } from './alert/alert.ts';
import type { GuardIncident } from './alert/incidents.ts';
import { readHabits, writeHabits } from './features/habits.ts';
import { createGuardErasure } from './guard-erasure.ts';
import { NO_COUNTS, type Change, type Counts, type GuardStore, type Keep, type ReadingMark } from './guard-records.ts';
import { riskRank } from './score/risk.ts';
import { GUARD_FILE } from './open-guard-store.ts';

const DAY_MS = 86_400_000;
const HIGH = riskRank('HIGH');
const PAGES_FREED_AT_ONCE = 512;

interface AlertRow {
  readonly id: number;
  readonly at_ms: number;
  readonly count: number;
  readonly risk: number;
  readonly incident: number;
  readonly body: Buffer;
}
interface IncidentRow {
  readonly id: number;
  readonly first_ms: number;
  readonly last_ms: number;
  readonly risk: number;
  readonly open: number;
  readonly body: Buffer;
}

/** @throws StoreError from every function where the database can't be read or written. */
export function createGuardStore(db: Database, cipher: Cipher): GuardStore {
  const seal = (value: unknown, context: SealContext): Buffer =>
    cipher.seal(Buffer.from(JSON.stringify(value)), context);
  const open = <T>(sealed: Buffer, context: SealContext): T => JSON.parse(cipher.open(sealed, context).toString()) as T;
  const write = {
    meta: db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)'),
    source: db.prepare('INSERT OR REPLACE INTO source (name, body) VALUES (?, ?)'),
    habit: db.prepare('INSERT OR REPLACE INTO habit (id, body) VALUES (?, ?)'),
    vector: db.prepare('INSERT OR REPLACE INTO vector (slot, row) VALUES (?, ?)'),
    alert: db.prepare(
      'INSERT OR REPLACE INTO alert (id, at_ms, count, risk, incident, body) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    incident: db.prepare(
      'INSERT OR REPLACE INTO incident (id, first_ms, last_ms, risk, open, body) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    counted: db.prepare('UPDATE alert SET at_ms = ?, count = ? WHERE id = ?'),
    lasting: db.prepare('UPDATE incident SET last_ms = ? WHERE id = ?'),
    archive: db.prepare('INSERT OR REPLACE INTO archive (id, at_ms, body) VALUES (?, ?, ?)'),
  };
  const read = {
    meta: db.prepare<[string], Buffer>('SELECT value FROM meta WHERE key = ?').pluck(),
    sources: db.prepare<[], { name: string; body: Buffer }>('SELECT * FROM source'),
    habits: db.prepare<[], { id: number; body: Buffer }>('SELECT * FROM habit ORDER BY id'),
    vectors: db.prepare<[], { slot: number; row: Buffer }>('SELECT * FROM vector ORDER BY slot'),
    alerts: db.prepare<[number, number, number], AlertRow>(
      'SELECT * FROM alert WHERE at_ms BETWEEN ? AND ? ORDER BY at_ms DESC, id DESC LIMIT ?',
    ),
    alertsOf: db.prepare<[number, number], AlertRow>(
      'SELECT * FROM (SELECT * FROM alert WHERE incident = ? ORDER BY at_ms DESC, id DESC LIMIT ?) ORDER BY at_ms, id',
    ),
    incidents: db.prepare<[number, number, number], IncidentRow>(
      'SELECT * FROM incident WHERE last_ms >= ? AND first_ms <= ? ORDER BY last_ms DESC, id DESC LIMIT ?',
    ),
    worstIncidents: db.prepare<[number, number, number], IncidentRow>(
      'SELECT * FROM incident WHERE last_ms >= ? AND first_ms <= ? ORDER BY risk DESC, last_ms DESC, id DESC LIMIT ?',
    ),
    incident: db.prepare<[number], IncidentRow>('SELECT * FROM incident WHERE id = ?'),
    open: db.prepare<[], { risk: number; n: number }>(
      'SELECT risk, count(*) AS n FROM incident WHERE open = 1 GROUP BY risk',
    ),
    oldAlerts: db.prepare<[number, number, number], AlertRow>(
      `SELECT * FROM alert WHERE at_ms < ? OR (risk < ${HIGH} AND at_ms < ?) LIMIT ?`,
    ),
    oldest: db.prepare<[], number | null>('SELECT min(first_ms) FROM incident').pluck(),
    archive: db.prepare<[number], { id: number; at_ms: number; body: Buffer }>(
      'SELECT * FROM archive WHERE at_ms >= ? ORDER BY at_ms DESC',
    ),
  };
  const idOf = new Map<string, number>();
  const alertOf = ({ id, at_ms, count, risk, incident, body }: AlertRow): GuardAlert => ({
    ...open<GuardAlert>(body, ['guard.alert', id, risk, incident]),
    ...{ atMs: at_ms, count },
  });
  const incidentOf = ({ id, first_ms, last_ms, risk, open: isOpen, body }: IncidentRow): GuardIncident => ({
    ...open<GuardIncident>(body, ['guard.incident', id, first_ms, risk, isOpen]),
    lastMs: last_ms,
  });
  const habitId = (user: string): number => {
    const known = idOf.get(user) ?? idOf.size + 1;
    idOf.set(user, known);
    return known;
  };

  const commit = db.transaction((change: Change) => {
    const { marks, counts, habits, vectors, alerts, incidents, counted, lasting } = change;
    write.meta.run('counts', seal(counts, ['guard.meta', 'counts']));
    for (const [name, mark] of marks) write.source.run(name, seal(mark, ['guard.source', name]));
    for (const one of habits) {
      const id = habitId(one.user);
      write.habit.run(id, cipher.seal(Buffer.from(writeHabits(one)), ['guard.habit', id]));
    }
    for (const [slot, row] of vectors) {
      const bytes = new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
      write.vector.run(slot, cipher.seal(bytes, ['guard.vector', slot]));
    }
    for (const alert of alerts) {
      const { id, atMs, count, risk, incident } = alert;
      const body = seal(alert, ['guard.alert', id, riskRank(risk), incident]);
      write.alert.run(id, atMs, count, riskRank(risk), incident, body);
    }
    for (const one of incidents) {
      const { id, firstMs, lastMs, risk, acknowledgedMs } = one;
      const isOpen = acknowledgedMs === null ? 1 : 0;
      const body = seal(one, ['guard.incident', id, firstMs, riskRank(risk), isOpen]);
      write.incident.run(id, firstMs, lastMs, riskRank(risk), isOpen, body);
    }
    for (const { id, atMs, count } of counted) write.counted.run(atMs, count, id);
    for (const { id, lastMs } of lasting) write.lasting.run(lastMs, id);
  });
  const prune = db.transaction((nowMs: number, { keepDays, keepHighDays, afterwards, trainingSamples }: Keep) => {
    const highMs = nowMs - keepHighDays * DAY_MS;
    const lowMs = nowMs - keepDays * DAY_MS;
    if (afterwards === 'archive') {
      for (const row of read.oldAlerts.all(highMs, lowMs, -1)) {
        const { lines: _, ...kept } = alertOf(row);
        const packed = deflateSync(Buffer.from(JSON.stringify(kept)));
        write.archive.run(row.id, row.at_ms, cipher.seal(packed, ['guard.archive', row.id, row.at_ms]));
      }
    }
    db.prepare(`DELETE FROM alert WHERE at_ms < ? OR (risk < ${HIGH} AND at_ms < ?)`).run(highMs, lowMs);
    db.prepare(`DELETE FROM incident WHERE last_ms < ? OR (risk < ${HIGH} AND last_ms < ?)`).run(highMs, lowMs);
    db.prepare('DELETE FROM vector WHERE slot >= ?').run(trainingSamples);
  });
  const erase = createGuardErasure(db, cipher);
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw storeError(error, db.name === ':memory:' ? GUARD_FILE : db.name);
    }
  };
  const bytesOf = (row: Buffer, slot: number): Float32Array => {
    const plain = cipher.open(row, ['guard.vector', slot]);
    const values = new Float32Array(plain.byteLength / Float32Array.BYTES_PER_ELEMENT);
    new Uint8Array(values.buffer).set(plain);
    return values;
  };

  return {
    marks: () =>
      guard(
        () =>
          new Map(read.sources.all().map(({ name, body }) => [name, open<ReadingMark>(body, ['guard.source', name])])),
      ),
    counts: () =>
      guard(() => {
        const stored = read.meta.get('counts');
        return stored === undefined ? NO_COUNTS : { ...NO_COUNTS, ...open<Counts>(stored, ['guard.meta', 'counts']) };
      }),
    habits: () =>
      guard(() =>
        read.habits.all().map(({ id, body }) => {
          const habits = readHabits(cipher.open(body, ['guard.habit', id]).toString());
          idOf.set(habits.user, id);
          return habits;
        }),
      ),
    vectors: () => guard(() => read.vectors.all().map(({ slot, row }) => bytesOf(row, slot))),
    commit: (change) => guard(() => commit.immediate(change)),
    alerts: (limit, fromMs = 0, toMs = Number.MAX_SAFE_INTEGER) =>
      guard(() => read.alerts.all(fromMs, toMs, limit).map(alertOf)),
    alertsOf: (incident, limit) => guard(() => read.alertsOf.all(incident, limit).map(alertOf)),
    incidents: (limit, fromMs = 0, toMs = Number.MAX_SAFE_INTEGER, by = 'time') =>
      guard(() => (by === 'risk' ? read.worstIncidents : read.incidents).all(fromMs, toMs, limit).map(incidentOf)),
    incident: (id) =>
      guard(() => {
        const row = read.incident.get(id);
        return row === undefined ? null : incidentOf(row);
      }),
    open: () =>
      guard(() => {
        const counts: [number, number, number, number] = [0, 0, 0, 0];
        for (const { risk, n } of read.open.all()) if (risk >= 0 && risk < 4) counts[risk as 0 | 1 | 2 | 3] = n;
        return counts;
      }),
    get: (key) =>
      guard(() => {
        const value = read.meta.get(key);
        return value === undefined ? null : cipher.open(value, ['guard.meta', key]);
      }),
    set: (key, value) => guard(() => void write.meta.run(key, cipher.seal(value, ['guard.meta', key]))),
    prune: (nowMs, keep) =>
      guard(() => {
        prune.immediate(nowMs, keep);
        db.pragma(`incremental_vacuum(${PAGES_FREED_AT_ONCE})`);
      }),
    archived: (fromMs) =>
      guard(() =>
        read.archive.all(fromMs).map(({ id, at_ms, body }) => {
          const packed = cipher.open(body, ['guard.archive', id, at_ms]);
          return JSON.parse(inflateSync(packed).toString()) as Omit<GuardAlert, 'lines'>;
        }),
      ),
    oldestMs: () => guard(() => read.oldest.get() ?? null),
    erase: (fromMs, toMs) =>
      guard(() => {
        const gone = erase(fromMs, toMs);
        if (read.habits.all().length === 0) idOf.clear();
        return gone;
      }),
    close: () => {
      if (db.open) db.close();
    },
  };
}
