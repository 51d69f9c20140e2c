// A moment in microseconds since the epoch in, the hour of the day by this machine's clock out, 0 to 23.

export const localHour = (tsUs: number): number => new Date(tsUs / 1000).getHours();
