// Things the user should know about, newest last, a few of them; the same text is told once and moves to the end.
import type { Notice } from '../../src-preload/contract.ts';

const MOST = 20;
const MOST_CHARACTERS = 2000;

export interface Notices {
  readonly add: (level: Notice['level'], text: string) => void;
  /** In the place of an earlier one about the same thing; null withdraws that. */
  readonly about: (thing: string, level: Notice['level'], text: string | null) => void;
  readonly list: () => readonly Notice[];
}

export function createNotices(nowMs: () => number): Notices {
  let notices: readonly Notice[] = [];
  const said = new Map<string, string>();
  const add = (level: Notice['level'], text: string): void => {
    const kept = text.slice(0, MOST_CHARACTERS);
    const others = notices.filter((notice) => notice.text !== kept);
    notices = [...others, { atMs: nowMs(), level, text: kept }].slice(-MOST);
  };
  return {
    add,
    about: (thing, level, text) => {
      const before = said.get(thing);
      if (before === text) return;
      notices = notices.filter((notice) => notice.text !== before);
      said.delete(thing);
      if (text === null) return;
      add(level, text);
      said.set(thing, text.slice(0, MOST_CHARACTERS));
    },
    list: () => notices,
  };
}
