import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSettings, settingsText } from './settings-text.ts';

test('what a file does not name has its default', () => {
  const settings = parseSettings('{ "lock": { "enabled": true }, "notifications": { "recovery": false } }');
  assert.equal(settings.lock.enabled, true);
  assert.deepEqual(settings.notifications, { enabled: true, recovery: false, quiet: null });
  assert.deepEqual(settings.thresholds, { normal: 70, monitoring: 50, restricted: 35 });
});

test('a byte order mark is no error', () => {
  assert.equal(parseSettings('\uFEFF{ "autostart": true }').autostart, true);
});

test('what is written holds every setting, two spaces a level, and reads back', () => {
  const text = settingsText(parseSettings('{}'));
  assert.match(text, /^\{\n  "modalities": \{\n    "keystroke": true,\n/);
  assert.ok(text.endsWith('\n}\n'));
  const groups = [
    'modalities',
    'input',
    'thresholds',
    'notifications',
    'lock',
    'guard',
    'autostart',
    'shortcut',
    'retention',
    'budget',
    'monitor',
    'api',
    'influx',
    'redis',
    'stages',
  ];
  assert.deepEqual(Object.keys(JSON.parse(text) as object), groups);
  assert.equal(settingsText(parseSettings(text)), text);
});

const WRONG: readonly (readonly [text: string, problem: RegExp])[] = [
  ['', /^it is not JSON: /],
  ['{ "lock": }', /^it is not JSON: /],
  ['5', /^the whole must be a group of settings, not 5$/],
  ['{ "sounds": true }', /^there is no setting sounds$/],
  ['{ "modalities": { "gaze": true } }', /^there is no setting modalities\.gaze$/],
  ['{ "lock": { "enabled": "yes" } }', /^lock\.enabled must be true or false, not "yes"$/],
  ['{ "budget": { "memoryMiB": 5 } }', /^budget\.memoryMiB must be at least 100$/],
  ['{ "budget": { "memoryMiB": 200.5 } }', /^budget\.memoryMiB must be a whole number$/],
  ['{ "thresholds": { "normal": 52 } }', /^thresholds must fall by at least 5 points from normal to/],
  ['{ "notifications": { "quiet": { "from": "9:00" } } }', /quiet\.from must be a time of day .*quiet\.to is missing$/],
  [
    '{ "input": { "driver": "wayland" } }',
    /^input\.driver must be \("auto" \| "x11" \| "xinput" \| "uiohook" \| "evdev"\), not "wayland"$/,
  ],
  ['{ "shortcut": "S" }', /^shortcut must look like Ctrl\+Alt\+S$/],
  ['{ "monitor": { "intervalSeconds": 0 } }', /^monitor\.intervalSeconds must be at least 1$/],
  ['{ "api": { "port": 80 } }', /^api\.port must be at least 1024$/],
  ['{ "api": { "address": "everywhere" } }', /^api\.address must be an address such as 127\.0\.0\.1$/],
  ['{ "influx": { "url": "db" } }', /^influx\.url must be an address such as https:/],
  ['{ "influx": { "url": "ftp://db" } }', /^influx\.url must begin with http:\/\/ or https:\/\/$/],
  ['{ "influx": { "url": "https://ada:pw@db" } }', /^influx\.url must not hold a password/],
  ['{ "redis": { "url": "http://db" } }', /^redis\.url must begin with rediss:\/\/ or redis:\/\/; /],
  [
    '{ "redis": { "url": "redis://:pw@db:6379" } }',
    /^redis\.url must not hold a user or a password: the password has a file of its own, redis-password; /,
  ],
  ['{ "redis": { "url": "redis://db:6379/?db=1" } }', /^redis\.url must be an address such as rediss:/],
  ['{ "redis": { "bufferMiB": 0 } }', /^redis\.bufferMiB must be at least 1$/],
  ['{ "monitor": { "commandLines": 1 } }', /^monitor\.commandLines must be true or false, not 1$/],
];

for (const [text, problem] of WRONG)
  test(`refused in words: ${text === '' ? 'an empty file' : text}`, () => {
    assert.throws(() => parseSettings(text), { message: problem });
  });
