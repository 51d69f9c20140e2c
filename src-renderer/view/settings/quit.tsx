// The end of the program, for a desktop without a tray to end it from. It needs no agent: also one that failed can be left this way.
import { useClient } from '../use-client.ts';
import { ConfirmedDeed } from './confirmed-deed.tsx';

const EFFECT = 'Ends the program until it is started again. Nothing is watched meanwhile.';

/** Nothing in a browser, which only shows the program. */
export function Quit() {
  const { quit } = useClient();
  if (quit === null) return null;
  return (
    <ConfirmedDeed
      title="Quit"
      effect={EFFECT}
      opener="Quit SecLyzer"
      question={
        <>
          <strong>Quit SecLyzer?</strong> Nothing is watched until it is started again.
        </>
      }
      no="Keep it running"
      yes="Quit"
      perform={async () => quit()}
      done="SecLyzer is writing everything down, then it ends."
    />
  );
}
