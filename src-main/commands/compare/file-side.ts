// A file of recorded outputs in (.jsonl, .jsonl.gz, or - for standard input), its records out.
import { recordingText, type TextEnd } from '../../agent/collect/recording-text.ts';
import { AN_EVENT } from '../../agent/compare/output-line.ts';
import type { Comparable } from '../../agent/compare/comparable.ts';
import { Misused } from '../context.ts';
import { readOutputs } from './output-lines.ts';
import type { OutputSide } from './side.ts';

export function fileSide(path: string): OutputSide {
  return {
    ...{ words: path, isLive: false, isAnonymous: false },
    run: async (sink, signal) => {
      let how: TextEnd = 'complete';
      async function* pieces(): AsyncGenerator<string> {
        how = yield* recordingText(path);
      }
      let records = 0;
      const count = async (record: Comparable): Promise<void> => {
        records += 1;
        await sink(record);
      };
      const { refused } = await readOutputs(pieces(), count, signal);
      if (records === 0 && AN_EVENT in refused)
        throw new Misused(`error: ${path} holds input events: name it with --recording, and compare local`);
      return {
        refused,
        problems: how === 'complete' ? [] : [`${path} is ${how === 'damaged' ? 'damaged' : 'cut off'}`],
      };
    },
  };
}
