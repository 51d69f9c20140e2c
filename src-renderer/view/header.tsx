// The page's heading, notices that want attention, the way to a pause, and whether the figures below are live.
import type { RefObject } from 'react';
import { duration } from '../format.ts';
import { hrefOf } from '../route.ts';
import { linkSentence, SILENCE_MS } from '../standing.ts';
import { useDashboard } from '../state.ts';
import { ShapeIcon } from './icons.tsx';
import { PauseMenu } from './pause-menu.tsx';
import { useNowMs } from './use-now.ts';

function LinkState() {
  const nowMs = useNowMs();
  const { link, refusal, absence, snapshot, receivedMs } = useDashboard();
  const silentMs = snapshot === null ? 0 : Math.max(0, nowMs - receivedMs);
  const silent = silentMs > SILENCE_MS;
  const live = link === 'up' && absence === null && !silent;
  const waiting = link === 'connecting' && absence === null;
  return (
    <p className={`link-state tone-${live ? 'good' : waiting ? 'quiet' : 'watch'}`}>
      <ShapeIcon shape={live ? 'dot' : waiting ? 'open' : 'slash'} />
      <span>
        {linkSentence({ link, refusal, absence }, silentMs)}
        {silent && <span className="quiet"> · last news {duration(silentMs)} ago</span>}
      </span>
    </p>
  );
}

function NoticePill() {
  const urgent = useDashboard((known) => known.snapshot?.notices.filter(({ level }) => level !== 'info').length ?? 0);
  if (urgent === 0) return null;
  return (
    <a
      className="pill tone-watch"
      href={hrefOf({ page: 'now', part: 'notices' })}
      // The address may name them already; then following the link changes nothing, and the page would stay where it is.
      onClick={() => document.getElementById('notices')?.focus()}
    >
      <ShapeIcon shape="triangle" />
      {urgent === 1 ? '1 notice' : `${urgent} notices`}
    </a>
  );
}

interface HeaderProps {
  readonly title: string;
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

export const Header = ({ title, heading }: HeaderProps) => (
  <header className="header">
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
    <NoticePill />
    <PauseMenu />
    <LinkState />
  </header>
);
