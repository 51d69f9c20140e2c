// A name that does not exist in, those that may have been meant out.

/** Longer than any name here; the work grows with the length. */
const LONGEST = 128;

/** @returns at most `most`, the likeliest first: those that hold it, then those a few letters away. */
export function nearNames(name: string, names: readonly string[], most = 5): readonly string[] {
  if (name.length > LONGEST) return [];
  const wanted = name.toLowerCase();
  const limit = Math.max(2, Math.ceil(wanted.length / 3));
  return names
    .map((candidate) => {
      const known = candidate.toLowerCase();
      const holds = wanted !== '' && (known.includes(wanted) || wanted.includes(known));
      return { candidate, distance: holds ? 0 : editDistance(wanted, known) };
    })
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance || a.candidate.length - b.candidate.length)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Levenshtein's: letters to put in, take out or change. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (above[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return row[to.length] ?? 0;
}
