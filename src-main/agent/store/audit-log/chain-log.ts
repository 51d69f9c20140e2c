// The migration that makes one log of decisions and of all else that happened, chained from its first entry on (link.ts). What it makes of
// each is what log-rows.ts reads; a released migration never changes.
export const CHAIN_LOG = `
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,        -- from 1 on, without gaps
  at_ms REAL NOT NULL,            -- milliseconds since the epoch
  kind TEXT NOT NULL,
  digest BLOB NOT NULL,           -- SHA-256 of the body
  prev BLOB NOT NULL,             -- hash of the entry before, zeros for the first
  hash BLOB NOT NULL,             -- SHA-256 of all before this line
  code BLOB NOT NULL,             -- says with the key that the hash is SecLyzer's, and whether it has erased the body
  body BLOB                       -- sealed; NULL once erased
) STRICT;
CREATE INDEX entry_by_time ON entry (at_ms, kind);

-- The order first, by numbers alone: what sorts may write to a temporary file, where nothing may lie in plain.
CREATE TEMP TABLE place (seq INTEGER PRIMARY KEY, rank INTEGER, id INTEGER);
INSERT INTO place SELECT row_number() OVER (ORDER BY at_ms, rank, id), rank, id FROM (
  SELECT 0 AS rank, id, at_ms FROM decision UNION ALL SELECT 1, id, at_ms FROM audit
);
CREATE TEMP TABLE unlinked (seq INTEGER PRIMARY KEY, at_ms REAL, kind TEXT, body BLOB);
INSERT INTO unlinked SELECT seq, at_ms, 'decision', seal(json_object(
    'from', state_name(from_state), 'to', state_name(to_state),
    'trust', json(CASE WHEN trust IS NULL THEN 'null' ELSE printf('%!.17g', trust) END),
    'points', json_extract(said, '$.points'), 'reason', json_extract(said, '$.reason')
  ), 'entry.body', seq, at_ms, 'decision')
  FROM (
    SELECT *, CAST(unseal(body, 'decision.body', at_ms, from_state, to_state, trust) AS TEXT) AS said
    FROM place JOIN decision USING (id) WHERE rank = 0
  );
INSERT INTO unlinked
  SELECT seq, at_ms, kind, seal(unseal(text, 'audit.text', at_ms, kind), 'entry.body', seq, at_ms, kind)
  FROM place JOIN audit USING (id) WHERE rank = 1;
WITH RECURSIVE linked(seq, prev, hash) AS (
  SELECT seq, zeroblob(32), link(seq, zeroblob(32), at_ms, kind, digest(body)) FROM unlinked WHERE seq = 1
  UNION ALL
  SELECT next.seq, linked.hash, link(next.seq, linked.hash, next.at_ms, next.kind, digest(next.body))
    FROM linked JOIN unlinked AS next ON next.seq = linked.seq + 1
)
INSERT INTO entry SELECT seq, at_ms, kind, digest(body), prev, hash, vouch(hash), body FROM linked JOIN unlinked USING (seq);
INSERT INTO meta SELECT 'log-head', seal(json_object(
    'first', 1, 'last', count(*), 'hash', lower(hex(coalesce((SELECT hash FROM entry ORDER BY seq DESC LIMIT 1), zeroblob(32))))
  ), 'meta.value', 'log-head') FROM entry;
INSERT OR REPLACE INTO mark SELECT 'unscrubbed', '' WHERE EXISTS (SELECT 1 FROM decision);
DROP TABLE place;
DROP TABLE unlinked;
DROP TABLE decision;
DROP TABLE audit;
`;
