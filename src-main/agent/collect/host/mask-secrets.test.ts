import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskSecrets } from './mask-secrets.ts';

/** `hunter2` is the secret in all of them. */
const HIDDEN: readonly (readonly string[])[] = [
  ['app', '--password=hunter2'],
  ['app', '--password', 'hunter2'],
  ['app', '-password', 'hunter2'],
  ['app', '--db-password=hunter2'],
  ['app', '--passphrase', 'hunter2'],
  ['app', '--api-key', 'hunter2'],
  ['app', '--apiKey=hunter2'],
  ['app', '--access_token=hunter2'],
  ['app', '--awsSecretAccessKey', 'hunter2'],
  ['app', '--session-id=hunter2'],
  ['app', '--auth', 'hunter2'],
  ['app', 'password:hunter2'],
  ['env', 'PGPASSWORD=hunter2', 'psql'],
  ['env', 'AWS_SECRET_ACCESS_KEY=hunter2'],
  ['sh', '-c', 'TOKEN=hunter2 ./run'],
  ['sh', '-c', 'mysql -phunter2 -u root'],
  ['mysql', '-uroot', '-phunter2', 'db'],
  ['/usr/bin/mysqldump', '-phunter2', 'db'],
  ['7z', 'x', '-phunter2', 'a.7z'],
  ['sshpass', '-p', 'hunter2', 'ssh', 'host'],
  ['sshpass', '-phunter2', 'ssh', 'host'],
  ['docker', 'login', '-u', 'ada', '-p', 'hunter2'],
  ['redis-cli', '-a', 'hunter2', 'ping'],
  ['openssl', 'rsa', '-passin', 'pass:hunter2'],
  ['openssl', 'enc', '-k', 'hunter2'],
  ['ldapsearch', '-w', 'hunter2'],
  ['java', '-Djavax.net.ssl.keyStorePassword=hunter2'],
  ['psql', 'postgres://ada:hunter2@db/x'],
  ['psql', 'postgresql://:hunter2@db/x'],
  ['git', 'clone', 'https://ada:hunter2@host/x.git'],
  ['curl', '-u', 'ada:hunter2', 'https://host'],
  ['curl', '--user', 'ada:hunter2', 'https://host'],
  ['curl', '-H', 'Authorization: Bearer hunter2hunter2'],
  ['curl', '-H', 'X-Api-Key: hunter2'],
  ['curl', '-H', 'Cookie: sid=hunter2'],
  ['curl', 'https://host/x?page=3&token=hunter2'],
  ['curl', 'https://host/x?key=hunter2'],
  ['curl', 'https://host/x?X-Amz-Signature=hunter2'],
  ['app', 'Bearer hunter2hunter2'],
];

for (const args of HIDDEN)
  test(`hidden: ${args.join(' ')}`, () => {
    const line = maskSecrets(args);
    assert.ok(!line.includes('hunter2'), line);
    assert.ok(line.includes('***'), line);
  });

test('tokens are known by their form, whatever stands in front of them', () => {
  for (const token of [
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'github_pat_11ABCDEFG0123456789',
    'glpat-abcdEFGH1234567890ab',
    'xoxb-123456789012-abcdefghijkl',
    'AKIAIOSFODNN7EXAMPLE',
    'AIzaSyA1234567890abcdefghijklmnopqrstu',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    '9f86d081884c7d659a2feaa0c55ad015',
    'wJalrXUtnFEMI0K7MDENG1bPxRfiCYEXAMPLEKEYabcd',
  ])
    for (const args of [
      ['app', token],
      ['app', '-x', token],
      ['app', `--file=${token}`],
      ['git', 'clone', `https://${token}@host/x`],
    ]) {
      const line = maskSecrets(args);
      assert.ok(!line.includes(token.slice(-12)), line);
    }
});

test('what is no secret stays readable', () => {
  for (const args of [
    ['ssh', '-p', '22', 'ada@host'],
    ['node', 'server.js', '--port=3000', '--watch'],
    ['firefox', '--profile', '/home/ada/.mozilla/firefox/x.default'],
    ['/usr/bin/python3', '/opt/a/very/long/path/with/Capitals123/and/more/of/them/file.py'],
    ['app', '--tokenizer=fast', '--passive=yes', '--key-file=/etc/key.pem', '--authenticate=no'],
    ['passwd', 'ada'],
    ['curl', 'https://host/x?page=3&size=20'],
    ['mysql', '-uroot', '-P', '3306'],
    ['ffmpeg', '-i', 'a.mp4', '-crf', '23'],
  ])
    assert.equal(maskSecrets(args), args.join(' '));
});

test('the rest of the line stays, and a long line ends', () => {
  assert.equal(
    maskSecrets(['curl', '-u', 'ada:hunter2', 'https://host/x?token=hunter2&page=3']),
    'curl -u ada:*** https://host/x?token=***&page=3',
  );
  const long = maskSecrets(['app', ...Array.from({ length: 200 }, () => 'word')]);
  assert.equal(long.length, 300);
  assert.ok(long.endsWith('…'));
});
