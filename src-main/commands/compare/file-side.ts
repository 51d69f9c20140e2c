// A file of recorded outputs in (.jsonl, .jsonl.gz, or - for standard input), its records out.
import { recordingText, type TextEnd } from '../../agent/collect/recording-text.ts';
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
      const { refused } = await readOutputs(pieces(), sink, signal);
      return { refused, problems: how === 'complete' ? [] : [`${path} is ${how === 'damaged' ? 'damaged' : 'cut off'}`] };
    },
  };
}
