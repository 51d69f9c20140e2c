import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DET_AXIS, detLine, frrAt, operatingPlace } from './det.ts';

/** statistics.NormalDist().inv_cdf of Python 3.11. */
const DEVIATES: Readonly<Record<string, number>> = {
  '0.00001': -4.2648907939228256,
  '0.0005': -3.2905267314918945,
  '0.001': -3.090232306167813,
  '0.005': -2.5758293035489,
  '0.02': -2.0537489106318225,
  '0.05': -1.6448536269514726,
  '0.1': -1.2815515655446008,
  '0.2': -0.8416212335729142,
  '0.3': -0.5244005127080407,
  '0.4': -0.2533471031357998,
  '0.6': 0.2533471031357998,
};
const z = (share: string): number => DEVIATES[share] ?? Number.NaN;
const close = (found: readonly (number | undefined)[], wanted: readonly number[]): void => {
  assert.equal(found.length, wanted.length);
  for (const [i, value] of wanted.entries()) assert.ok(Math.abs((found[i] ?? 9) - value) < 1e-7, `${i}: ${found[i]}`);
};

test('the axis: its ends, its ticks and their names', () => {
  close(DET_AXIS.domain, [z('0.0005'), z('0.6')]);
  close(DET_AXIS.ticks, ['0.001', '0.005', '0.02', '0.1', '0.2', '0.4'].map(z));
  assert.deepEqual(
    DET_AXIS.ticks.map((tick, i) => DET_AXIS.tickText(tick, i)),
    ['0.1 %', '0.5 %', '2 %', '10 %', '20 %', '40 %'],
  );
});

test('a point of the curve lies where FAR and FRR say; none and all lie outside of the frame, and not at infinity', () => {
  const [first, second, last] = detLine([
    [0, 1],
    [0.05, 0.3],
    [1, 0],
  ]);
  close([second?.x, second?.y], [z('0.05'), z('0.3')]);
  close([first?.x, first?.y, last?.x, last?.y], [z('0.00001'), -z('0.00001'), -z('0.00001'), z('0.00001')]);
});

test('two normal distributions make a straight line', () => {
  // Owners at 2, others at 0, each of variance 1: at threshold t FAR = P(Z > t) and FRR = P(Z < t - 2), so y = -x - 2 on deviates.
  // By statistics.NormalDist: 1 - cdf(t) and cdf(t - 2) for t = 0.5, 1, 1.5.
  const line = detLine([
    [0.3085375387259869, 0.06680720126885809],
    [0.15865525393145707, 0.15865525393145707],
    [0.06680720126885809, 0.3085375387259869],
  ]);
  close(
    line.map(({ x, y }) => x + y),
    [-2, -2, -2],
  );
});

test('the threshold in force stays in the frame where no error was seen', () => {
  const measured = (value: number) => ({ value, low: 0, high: 1 });
  const { x, y } = operatingPlace({ far: measured(0), frr: measured(0.02) });
  close([x, y], [z('0.0005'), z('0.02')]);
});

test('read off the curve: the least that is doubted for so few that pass', () => {
  const det: [number, number][] = [
    [0, 0.4],
    [0.01, 0.12],
    [0.04, 0.05],
    [0.3, 0],
  ];
  assert.deepEqual(
    [0.001, 0.01, 0.05, 1].map((far) => frrAt(det, far)),
    [0.4, 0.12, 0.05, 0],
  );
  assert.equal(frrAt([[0.02, 0.1]], 0.01), null);
});
