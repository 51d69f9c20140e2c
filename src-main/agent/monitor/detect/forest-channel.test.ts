import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../learn/random.ts';
import { createForestChannel } from './forest-channel.ts';

test('nothing before it has learned; then a row that fits no pair of the usual ones is told, though each value is usual', () => {
  const random = createRandom(3);
  const channel = createForestChannel(2, 4000, 1);
  const row = (x: number, y: number): Float32Array => Float32Array.of(x, y);
  /** Two values that always go together. */
  const usual = (): Float32Array => {
    const x = random.uniform() * 10;
    return row(x, x + random.normal() * 0.1);
  };
  for (let i = 0; i < 64; i++) assert.equal(channel.push(usual()), 0);
  for (let i = 0; i < 2000; i++) channel.push(usual());
  const ordinary = Array.from({ length: 200 }, () => channel.push(usual()));
  const odd = channel.push(row(9.5, 0.5));
  assert.ok(odd > Math.max(...ordinary), `${odd} among ${Math.max(...ordinary)}`);
  assert.ok(channel.push(row(100, 100)) > 5);
});

test('a new level is learned: after the horizon it is ordinary', () => {
  const random = createRandom(4);
  const channel = createForestChannel(1, 1500, 1);
  const push = (level: number): number => channel.push(Float32Array.of(level + random.normal()));
  for (let i = 0; i < 2000; i++) push(0);
  const first = push(50);
  for (let i = 0; i < 3000; i++) push(50);
  const later = Array.from({ length: 50 }, () => push(50)).toSorted((a, b) => a - b)[25] ?? NaN;
  assert.ok(first > 4 && later < 1.5, `${first}, then ${later}`);
});

test('a value that is not known is neither learned nor fatal', () => {
  const channel = createForestChannel(1, 1000, 1);
  for (let i = 0; i < 300; i++) channel.push(Float32Array.of(i % 5 === 0 ? NaN : i % 7));
  assert.ok(Number.isFinite(channel.push(Float32Array.of(3))));
});
