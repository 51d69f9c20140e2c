// What the agent measures for whoever looks, while somebody looks. In: how to ask for it, and which pushes bring more of it. Out: whether
// anybody looks; the asking again and again that keeps the pushes coming.
import { useSyncExternalStore } from 'react';
import type { Push } from '../../src-preload/contract.ts';
import type { DashboardClient } from '../line.ts';
import { inWords, useDashboard } from '../state.ts';

/** A look is good for 15 s. */
const LOOK_EVERY_MS = 10_000;

function subscribeToVisibility(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}
const isVisible = (): boolean => document.visibilityState === 'visible';

/** Whether there is an agent to ask, and somebody who sees the answer: a hidden page costs nothing. */
export function useIsLooking(): boolean {
  const up = useDashboard(({ link, absence }) => link === 'up' && absence === null);
  return useSyncExternalStore(subscribeToVisibility, isVisible) && up;
}

export interface Look<T> {
  readonly ask: () => Promise<T>;
  /** What a push brings of it; null for a push of something else. */
  readonly from: (push: Push) => T | null;
  readonly show: (view: T) => void;
  readonly fail: (trouble: string) => void;
}

/** @returns ends it. */
export function look<T>(client: DashboardClient, { ask, from, show, fail }: Look<T>): () => void {
  let ended = false;
  const askAgain = (): void =>
    void ask().then(
      (view) => ended || show(view),
      (error: unknown) => ended || fail(inWords(error)),
    );
  askAgain();
  const timer = setInterval(askAgain, LOOK_EVERY_MS);
  const end = client.onPush((push) => {
    const view = from(push);
    if (view !== null) show(view);
    // What is measured, and against what, may be another thing now.
    if (push.push === 'settings') askAgain();
  });
  return () => {
    ended = true;
    clearInterval(timer);
    end();
  };
}
