// The command line, under plain Node. In: arguments. Out: results on stdout, progress and errors on stderr, and
// an exit code: 0 fine, 1 failed, 2 misused.
// Everything else is loaded after this check: the SQLite library crashes a Node that is too old for it.
import { homedir } from 'node:os';
import { useCodeCache } from './code-cache.ts';

const NEEDED_NODE_API = 10;

if (Number(process.versions['napi']) >= NEEDED_NODE_API) {
  // The sources of a checkout change all the time.
  if (import.meta.filename.endsWith('.js')) useCodeCache(process.env, homedir(), import.meta.filename);
  const { runCli } = await import('./commands/program.ts');
  process.exitCode = await runCli(process.argv.slice(2));
  // A native library may leave a thread or a handle behind; nothing that matters is open any more.
  setTimeout(() => process.exit(), 1000).unref();
} else {
  process.stderr.write(
    `SecLyzer needs Node 22.14 or later (Node-API ${NEEDED_NODE_API}); this is Node ${process.versions.node}. ` +
      'In a checkout, `npm run -s seclyzer -- …` uses the right one.\n',
  );
  process.exitCode = 1;
}
