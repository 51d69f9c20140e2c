// For tests: what a verification says of an audit log that is whole.
import type { LogReport } from '../../../src-preload/contract.ts';

export const WHOLE_LOG: LogReport = {
  ...{
    entries: 1310,
    erased: 0,
    first: 1,
    last: 1310,
    fromMs: 1,
    toMs: 2,
    hash: 'ab'.repeat(32),
    breaks: [],
    broken: 0,
  },
  ...{ expected: null, withKey: true, whole: true, replay: null, entry: null },
  sentences: ['The audit log is whole: nothing was changed, removed, inserted, moved or cut off.'],
};
