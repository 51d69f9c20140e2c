// How the unit tests are shown. In: the events of Node's test runner. Out: one line a file, failures in full, skipped tests with
// their reason; and the counts as JSON in the file that SECLYZER_TEST_COUNTS names.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { inspect } from 'node:util';

/** Of what a test file prints, this much is kept to be shown if it fails as a whole. */
const PRINTED_CHARACTERS = 4000;

export default async function* report(events) {
  const files = new Map();
  const printed = new Map();
  const ended = new Set();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type === 'test:stderr' || type === 'test:stdout') {
      printed.set(data.file, ((printed.get(data.file) ?? '') + data.message).slice(-PRINTED_CHARACTERS));
      continue;
    }
    // Told at once, where everything else waits for the files before it.
    if (type === 'test:complete' && isWholeFile(data)) ended.add(data.file);
    if (type === 'test:interrupted') {
      for (const { file } of data.tests) {
        if (file === undefined || ended.has(file)) continue;
        counts.failed++;
        yield `✘ ${relative(process.cwd(), file)}  did not end, and was ended\n`;
      }
      keep(counts);
      continue;
    }
    if (type === 'test:pass' || type === 'test:fail') {
      const file = data.file === undefined ? 'tests' : relative(process.cwd(), data.file);
      const entry = files.get(file) ?? { passed: 0, failed: 0, skipped: 0 };
      files.set(file, entry);
      // A suite is the sum of its tests, which are counted themselves.
      if (data.details.type !== 'suite') {
        const outcome = outcomeOf(type, data);
        counts[outcome]++;
        entry[outcome]++;
        if (outcome === 'skipped') yield `  skipped: ${data.name}${reasonOf(data)}\n`;
      }
      if (type === 'test:fail' && !isSumOfOthers(data)) {
        yield failure(file, data);
        // Without a test of its own to blame, what the file printed is all there is to go by.
        if (isWholeFile(data)) yield indent(printed.get(data.file) ?? '');
      }
    }
    if (type === 'test:summary' && data.file !== undefined)
      yield summary(relative(process.cwd(), data.file), data, files);
  }
  keep(counts);
}

function keep(counts) {
  if (process.env.SECLYZER_TEST_COUNTS) writeFileSync(process.env.SECLYZER_TEST_COUNTS, JSON.stringify(counts));
}

function outcomeOf(type, { skip, todo }) {
  if (skip !== undefined || todo !== undefined) return 'skipped';
  return type === 'test:pass' ? 'passed' : 'failed';
}

function reasonOf({ skip, todo }) {
  const reason = typeof skip === 'string' ? skip : todo;
  return typeof reason === 'string' && reason !== '' ? ` (${reason})` : '';
}

/** The failure of a suite, or of a test because of its subtests, has been told by those already. */
const isSumOfOthers = ({ details }) => details.error?.failureType === 'subtestsFailed';

/** The event is about the file and not about one of its tests: of a failure, that it could not be loaded, or its process died. */
const isWholeFile = ({ name, file }) => file !== undefined && file.endsWith(name);

const indent = (text) => (text === '' ? '' : `${text.trimEnd().replace(/^/gm, '    ')}\n`);

function failure(file, { name, line, details }) {
  const error = details.error?.cause ?? details.error;
  const text = typeof error === 'string' ? error : inspect(error, { depth: 4 });
  return `✘ ${file}:${line ?? 1}  ${name}\n${indent(text)}`;
}

function summary(file, { duration_ms: ms }, files) {
  const { passed, failed, skipped } = files.get(file) ?? { passed: 0, failed: 0, skipped: 0 };
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${failed > 0 ? '✘' : '✔'} ${file}  ${parts.join(', ')}  (${(ms / 1000).toFixed(1)} s)\n`;
}
