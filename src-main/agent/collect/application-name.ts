// What a desktop calls an application in; the name that events carry out.

const NAME_LENGTH = 64;

/** Lower case, without control characters; empty where nothing is left. */
export const applicationName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
    .toLowerCase()
    .slice(0, NAME_LENGTH);
