// What must be known before any figure is read: no agent, not let in, paused, the screen locked, invented input, a drill.
import type { AgentAbsence, Pause } from '../../src-preload/contract.ts';
import { drillPhase } from '../drill-phase.ts';
import { hrefOf } from '../route.ts';
import { absenceSentence, isGone, pauseSentence } from '../standing.ts';
import { useDashboard } from '../state.ts';
import { SOURCE_BANNERS } from '../words.ts';
import { Banner } from './banner.tsx';
import { useAction } from './use-action.ts';
import { useClient } from './use-client.ts';
import { useAgentNowMs, useNowMs } from './use-now.ts';
import { useRoute } from './use-route.ts';
import { WithCommands } from './with-commands.tsx';

function Absent({ absence }: { readonly absence: AgentAbsence }) {
  const { startAgent } = useClient();
  const restartable = absence.kind === 'stopped' && startAgent !== null;
  return (
    <Banner
      shape="slash"
      action={
        restartable && (
          <button type="button" className="button" onClick={startAgent}>
            Start again
          </button>
        )
      }
    >
      {absenceSentence(absence)}
    </Banner>
  );
}

/** In a browser nobody tells why: who started the agent knows where. */
function Gone() {
  const nowMs = useNowMs();
  const gone = useDashboard((known) => isGone(known, nowMs));
  if (!gone) return null;
  return (
    <Banner shape="slash">
      <WithCommands text="The agent does not answer any more; what is shown is the last that was known. If it has ended, start it: seclyzer run, and open the address that it prints." />
    </Banner>
  );
}

/** Everywhere but where it is watched: nothing is learned meanwhile, and whoever looks here may not be the owner. */
function UnderDrill() {
  const drill = useDashboard((known) => known.drill);
  const { kind } = drillPhase(drill, useAgentNowMs());
  const { page } = useRoute();
  if (page === 'you' || (kind !== 'handover' && kind !== 'running')) return null;
  return (
    <Banner shape="half">
      An impostor drill is under way: nothing is learned until it ends. <a href={hrefOf({ page: 'you' })}>See it</a>
    </Banner>
  );
}

function Paused({ pause }: { readonly pause: Pause }) {
  const client = useClient();
  const resume = useAction(() => client.call('resume'));
  return (
    <Banner
      shape="slash"
      action={
        <button type="button" className="button" disabled={resume.busy} onClick={resume.run}>
          Resume
        </button>
      }
    >
      {pauseSentence(pause)}
      {resume.trouble !== null && <span className="trouble"> {resume.trouble}</span>}
    </Banner>
  );
}

export function Banners() {
  const refusal = useDashboard((known) => known.refusal);
  const absence = useDashboard((known) => known.absence);
  const paused = useDashboard((known) => known.snapshot?.paused ?? null);
  const locked = useDashboard((known) => known.snapshot?.screen === 'locked');
  const source = useDashboard((known) => SOURCE_BANNERS[known.snapshot?.source ?? 'live']);
  return (
    <>
      {refusal !== null && <Banner shape="slash">{refusal}</Banner>}
      {absence !== null && <Absent absence={absence} />}
      <Gone />
      {paused !== null && absence === null && <Paused pause={paused} />}
      {locked && absence === null && (
        <Banner shape="bar">
          The screen is locked. What is typed there is not looked at; unlocking restores trust.
        </Banner>
      )}
      <UnderDrill />
      {source !== null && <Banner shape="half">{source}</Banner>}
    </>
  );
}
