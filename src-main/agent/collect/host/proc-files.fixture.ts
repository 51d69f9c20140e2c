// For tests: files of the kernel by path, which the test changes between two readings.
import type { HostReader, HostSource } from './host-source.ts';
import type { ProcFiles } from './proc-files.ts';

/** Paths to their text; a folder lists what the paths name in it. */
export type FakeFiles = Map<string, string>;

export function fakeProcFiles(files: FakeFiles): ProcFiles {
  const read = (path: string): string | null => files.get(path) ?? null;
  return {
    read,
    readOnce: read,
    target: read,
    list: (folder) => {
      const names = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
      return [...new Set(names.map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''))];
    },
    close: () => undefined,
  };
}

/** Reads second by second. */
export function readEachSecond(source: HostSource): () => ReturnType<HostReader['read']> {
  const reader = source.open();
  let second = 0;
  return () => {
    const elapsedS = second === 0 ? null : 1;
    second += 1;
    return reader.read({ timestampUs: second * 1e6, steadyMs: second * 1000, elapsedS });
  };
}
