// No host yet: how one is added, or that Redis has not been read so far.
import { useFleet } from '../../fleet/fleet-state.ts';
import { Refused } from './refused.tsx';

function HowToAdd() {
  return (
    <>
      <p>On each machine that is to be seen here:</p>
      <ol className="fleet-steps">
        <li>
          Give SecLyzer the address of this Redis, in its settings file:{' '}
          <code>{'"redis": { "url": "rediss://…" }'}</code>
        </li>
        <li>
          Put the password of Redis into <code>redis-password</code> in its data folder, for its owner alone (
          <code>chmod 600</code>).
        </li>
        <li>Start SecLyzer, or start it again. It is listed here within five seconds.</li>
      </ol>
      <p className="quiet">
        A host tells how it stands, and what its log guard found by kind and number. No keys, no titles, no text, and no
        addresses from its log leave it.
      </p>
    </>
  );
}

export function FleetEmpty() {
  const read = useFleet(({ head }) => head !== null && head.redis.readMs !== null);
  return (
    <main className="fleet-list">
      <section className="panel fleet-empty">
        <h2>{read ? 'No host yet' : 'Nothing read yet'}</h2>
        {read ? <HowToAdd /> : <p>The list comes as soon as Redis has answered.</p>}
      </section>
      <Refused />
    </main>
  );
}
