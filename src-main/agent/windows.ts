// Events of one modality in, the last 30 seconds of them out. Memory only, bounded: what is older than the window is forgotten.

export interface EventWindow<E extends { readonly ts: number }> {
  readonly push: (event: E) => void;
  /** Events with `endUs - windowUs < ts <= endUs`, in the order of arrival. */
  readonly until: (endUs: number) => readonly E[];
  /** The same without forgetting anything: for looking in between. */
  readonly peek: (endUs: number) => readonly E[];
  readonly clear: () => void;
}

/** @param capacity the most events kept; the oldest go first (a 1 kHz mouse fills 30,000 in a window). */
export function eventWindow<E extends { readonly ts: number }>(windowUs: number, capacity = 60_000): EventWindow<E> {
  let events: E[] = [];
  return {
    push: (event) => {
      events.push(event);
      if (events.length > 2 * capacity) events = events.slice(-capacity);
    },
    until: (endUs) => {
      const startUs = endUs - windowUs;
      let first = 0;
      while (first < events.length && (events[first]?.ts ?? 0) <= startUs) first += 1;
      if (first > 0) events = events.slice(first);
      const last = events.findLastIndex((event) => event.ts <= endUs);
      return last === events.length - 1 ? events : events.slice(0, last + 1);
    },
    peek: (endUs) => events.filter(({ ts }) => ts > endUs - windowUs && ts <= endUs),
    clear: () => {
      events = [];
    },
  };
}
