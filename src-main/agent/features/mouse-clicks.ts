// How buttons are used: the 10 click features. In: mouse events in time order. Out: values in the order of CLICK_FEATURES.
import type { MouseEvent } from '../events.ts';
import { mean, median, sampleSd } from './distribution.ts';
import { feature, type Feature } from './feature-table.ts';
import type { Activity } from './mouse-activity.ts';
import { tallyOf } from './mouse-presses.ts';

const MIN_ACTIVE_MS = 1000;

const clickRule = 'presses released within 1 s and 8 px';

export const CLICK_FEATURES: readonly Feature[] = [
  feature('click.median', 'ms', 'log', 'length of clicks', `median hold of ${clickRule}`),
  feature('click.sd', 'ms', 'log', 'evenness of clicks', `standard deviation (n - 1) of the hold of ${clickRule}`),
  feature(
    'click.rate',
    '1/s',
    'log',
    'how often a button is used',
    'presses over active seconds, from 1 active second on',
  ),
  feature(
    'click.settle',
    'ms',
    'log',
    'rest before a click',
    'median time from the last movement to a press, up to 1 s',
  ),
  feature(
    'double-click.share',
    'share',
    'linear',
    'how often clicks are doubled',
    'share of presses within 500 ms and 8 px of the previous press of the same button',
  ),
  feature(
    'double-click.interval',
    'ms',
    'log',
    'speed of double clicks',
    'mean time between the two presses of double clicks',
  ),
  feature(
    'drag.share',
    'share',
    'linear',
    'how often something is dragged',
    'share of presses that move 8 px or more before release',
  ),
  feature('drag.duration', 'ms', 'log', 'length of drags', 'mean time from press to release of drags, up to 10 s'),
  feature('button.right', 'share', 'linear', 'use of the right button', 'share of presses with the right button'),
  feature('button.middle', 'share', 'linear', 'use of the middle button', 'share of presses with the middle button'),
];

/** @returns 10 values */
export function clickValues(events: readonly MouseEvent[], { activeMs }: Activity): Float64Array {
  const tally = tallyOf(events);
  const clicks = Float64Array.from(tally.clicksMs);
  return Float64Array.of(
    median(clicks),
    sampleSd(clicks),
    activeMs >= MIN_ACTIVE_MS ? tally.presses / (activeMs / 1000) : Number.NaN,
    median(Float64Array.from(tally.settlesMs)),
    tally.doublesMs.length / tally.presses,
    mean(Float64Array.from(tally.doublesMs)),
    tally.drags / tally.presses,
    mean(Float64Array.from(tally.dragsMs)),
    tally.right / tally.presses,
    tally.middle / tally.presses,
  );
}
