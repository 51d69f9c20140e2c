// How the machine is watched: each collector with its state, why one is missing and what to do; the way to turn all of it on and off.
import type { CollectorView, HostView } from '../../../src-preload/contract.ts';
import { DEFAULT_USER_SETTINGS } from '../../../src-preload/contract.ts';
import { COLLECTOR_SIGNS, collectorTitle, reasonSentence } from '../../host-words.ts';
import { changeSettings, fetchSettings, useDashboard } from '../../state.ts';
import { SignWord } from '../sign.tsx';
import { Trouble } from '../trouble.tsx';
import { useAction } from '../use-action.ts';
import { useClient } from '../use-client.ts';
import { WithCommands } from '../with-commands.tsx';

/** The other settings of the monitor stay as they are. */
function useSwitch(enabled: boolean) {
  const client = useClient();
  return useAction(async () => {
    await fetchSettings(client);
    const { monitor } = useDashboard.getState().settings?.settings ?? DEFAULT_USER_SETTINGS;
    await changeSettings(client, { monitor: { ...monitor, enabled } });
  });
}

export function TurnedOff() {
  const { run, busy, trouble } = useSwitch(true);
  return (
    <section className="panel host-off" aria-labelledby="off-title">
      <h2 id="off-title">The host monitor is off</h2>
      <p>
        Nothing of this machine is measured, and nothing unusual is noticed. Watching takes less than half a per cent of
        one core; what it reads stays here.
      </p>
      <button type="button" className="button" disabled={busy} onClick={run}>
        Turn it on
      </button>
      <Trouble text={trouble} />
    </section>
  );
}

/** Its reason stands in a panel of its own. */
const HAS_ITS_PANEL = 'syscalls';

const Collector = ({ collector: { source, state, reason, fix } }: { readonly collector: CollectorView }) => (
  <li className="collector">
    <span>{collectorTitle(source)}</span>
    <SignWord sign={COLLECTOR_SIGNS[state]} />
    {source === HAS_ITS_PANEL && reason !== null ? (
      <p className="quiet">Why, and what to do: “System calls” on this page.</p>
    ) : (
      reason !== null && (
        <p className="quiet">
          <WithCommands text={[reasonSentence(reason), fix].filter((part) => part !== null).join(' ')} />
        </p>
      )
    )}
  </li>
);

export function Collectors({ view }: { readonly view: HostView }) {
  const { run, busy, trouble } = useSwitch(false);
  return (
    <section className="panel list collectors" aria-labelledby="collectors-title">
      <h2 id="collectors-title">Collectors</h2>
      <ul className="plain">
        {view.collectors.map((collector) => (
          <Collector key={collector.source} collector={collector} />
        ))}
      </ul>
      <button type="button" className="button minor" disabled={busy} onClick={run}>
        Turn the host monitor off
      </button>
      <Trouble text={trouble} />
    </section>
  );
}
