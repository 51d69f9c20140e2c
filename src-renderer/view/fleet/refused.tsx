// Entries in Redis that are none: counted, and the newest with their reasons. They take nothing away from the list.
import { useFleet } from '../../fleet/fleet-state.ts';
import { counted, fullTime } from '../../format.ts';
import { Visible } from '../visible.tsx';

export function Refused() {
  const refused = useFleet((known) => known.head?.refused ?? null);
  if (refused === null || refused.count === 0) return null;
  return (
    <details className="panel fleet-refused">
      <summary>
        {counted(refused.count, 'entry', 'entries')} in Redis {refused.count === 1 ? 'was' : 'were'} refused since the
        viewer started
      </summary>
      <p className="quiet">
        Either a host runs another version of SecLyzer, or somebody else who has the password writes there.
      </p>
      <ul className="plain">
        {refused.newest.map(({ key, reason, atMs }) => (
          <li key={key} className="event" title={fullTime(atMs)}>
            <strong>
              <Visible text={key} />
            </strong>
            : <Visible text={reason} />
          </li>
        ))}
      </ul>
    </details>
  );
}
