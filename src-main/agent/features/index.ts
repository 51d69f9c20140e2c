// What the rest of the agent uses of this folder: events of a window in, vectors in fixed order out.
export { type AppTransition, appTransitions, hourAtOffset } from './app-features.ts';
export { type Feature, onScale, type Scale, type Unit } from './feature-table.ts';
export { FINGERS, fingerOf, homeKeyOf } from './fingers.ts';
export { KEYSTROKE_FEATURES, type KeystrokeVector, keystrokeVector } from './keystroke-features.ts';
export { MOUSE_FEATURES, type MouseVector, mouseVector } from './mouse-features.ts';
