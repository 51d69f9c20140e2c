// How many of each kind there were at the looks so far in, and the kinds that there are at this look; the least of each out.

/** @param before null at the first look. @param kinds of what there is now, each as often as there is one. */
export function leastOf(
  before: Readonly<Record<string, number>> | null,
  kinds: readonly string[],
): Readonly<Record<string, number>> {
  const now: Record<string, number> = {};
  for (const kind of kinds) now[kind] = (now[kind] ?? 0) + 1;
  if (before === null) return now;
  // What was not there once is at no time there for good.
  return Object.fromEntries(
    Object.entries(now)
      .map(([kind, count]) => [kind, Math.min(count, before[kind] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
}
