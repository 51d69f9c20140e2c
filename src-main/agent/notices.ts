// Things the user should know about, newest last, a few of them; the same text is told once and moves to the end.
import type { Notice } from '../../src-preload/contract.ts';

const MOST = 20;

export interface Notices {
  readonly add: (level: Notice['level'], text: string) => void;
  readonly list: () => readonly Notice[];
}

export function createNotices(nowMs: () => number): Notices {
  let notices: readonly Notice[] = [];
  return {
    add: (level, text) => {
      const others = notices.filter((notice) => notice.text !== text);
      notices = [...others, { atMs: nowMs(), level, text: text.slice(0, 2000) }].slice(-MOST);
    },
    list: () => notices,
  };
}
