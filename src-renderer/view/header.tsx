// Name, notices that want attention, and whether the figures below are live.
import { duration } from '../format.ts';
import { useDashboard } from '../state.ts';
import { linkSentence, SILENCE_MS, SOURCE_BANNERS } from '../words.ts';
import { Shield, ShapeIcon } from './icons.tsx';
import { useNowMs } from './use-now.ts';

function LinkState() {
  const nowMs = useNowMs();
  const { link, refusal, snapshot, receivedMs } = useDashboard();
  const silentMs = snapshot === null ? 0 : Math.max(0, nowMs - receivedMs);
  const silent = silentMs > SILENCE_MS;
  const live = link === 'up' && !silent;
  return (
    <p className={`link-state tone-${live ? 'good' : link === 'connecting' ? 'quiet' : 'watch'}`}>
      <ShapeIcon shape={live ? 'dot' : link === 'connecting' ? 'open' : 'slash'} />
      <span>
        {linkSentence({ link, refusal }, silentMs)}
        {silent && <span className="quiet"> · last news {duration(silentMs)} ago</span>}
      </span>
    </p>
  );
}

function NoticePill() {
  const urgent = useDashboard((known) => known.snapshot?.notices.filter(({ level }) => level !== 'info').length ?? 0);
  if (urgent === 0) return null;
  return (
    <a className="pill tone-watch" href="#notices">
      <ShapeIcon shape="triangle" />
      {urgent === 1 ? '1 notice' : `${urgent} notices`}
    </a>
  );
}

export const Header = () => (
  <header className="header">
    <p className="brand">
      <Shield />
      SecLyzer
    </p>
    <NoticePill />
    <LinkState />
  </header>
);

/** What must be known before any figure below is read. */
export function Banner() {
  const source = useDashboard((known) => known.snapshot?.source ?? 'live');
  const refusal = useDashboard((known) => known.refusal);
  const said = refusal ?? SOURCE_BANNERS[source];
  if (said === null) return null;
  return (
    <p className="banner" role="note">
      <ShapeIcon shape={refusal === null ? 'half' : 'slash'} />
      {said}
    </p>
  );
}
