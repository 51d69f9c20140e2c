// What the agent says of the way in which it was started.

export const UNSEEN = 'only the tray application can show the countdown before the lock';
export const NOT_LIVE = 'what is typed here is not typed by anybody at this keyboard';
export const SCRIPTED =
  'The input of this run is declared to be scripted (--input-is-scripted): nothing looks for input that no hand made.';
