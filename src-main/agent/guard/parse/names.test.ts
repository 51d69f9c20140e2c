import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, nameOf, networkOf } from './names.ts';

test('addresses in one form, host names in lower case, anything else none', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['203.0.113.5', '203.0.113.5'],
    ['::ffff:203.0.113.5', '203.0.113.5'],
    // RFC 5952, section 4.2.
    ['2001:0DB8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
    ['Host-1.Example.ORG', 'host-1.example.org'],
    ...['256.1.1.1', '1.2.3', '1.2.3.4.5', ':::', '2001:db8', 'a b', '-x', 'x..y', '', 'a'.repeat(300), '$(id)'].map(
      (text): [string, null] => [text, null],
    ),
  ];
  for (const [text, wanted] of cases) assert.equal(addressOf(text), wanted, text);
});

test('the network of an address: /24, /48, the domain', () => {
  assert.equal(networkOf('203.0.113.77'), '203.0.113.0/24');
  assert.equal(networkOf('2001:db8:1:2::3'), '2001:db8:1::/48');
  assert.equal(networkOf('2001:db8::5'), '2001:db8:0::/48');
  assert.equal(networkOf('::1'), '0:0:0::/48');
  assert.equal(networkOf('a.b.example.org'), 'example.org');
});

test('a name can neither control a terminal nor turn the text around, and is cut', () => {
  assert.equal(nameOf('a\u001b[31mb\nc\u202Ed\u2028e'), 'a\uFFFD[31mb\uFFFDc\uFFFDd\uFFFDe');
  assert.equal(nameOf('ü'.repeat(200)).length, 100);
});
