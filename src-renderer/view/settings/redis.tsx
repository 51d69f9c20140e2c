// The way to a Redis: where it is, how it is known to be the right one, and what becomes of what goes there.
import type { SettingsView, UserSettings } from '../../../src-preload/contract.ts';
import { redisAbility, redisSentence } from '../../redis-words.ts';
import { defaultOf, readNumber } from '../../settings-form.ts';
import { GroupPanel, resetOf } from './group-panel.tsx';
import { TextField } from './text-field.tsx';
import { useGroup } from './use-group.ts';

type Group = UserSettings['redis'];
/** What is a text, or not there. */
type Named = 'passwordFile' | 'caFile' | 'certFile' | 'keyFile' | 'serverName';

const ALWAYS: readonly (readonly [field: Named, title: string, effect: string])[] = [
  [
    'passwordFile',
    'File of the password',
    'For its owner alone. Empty: redis-password in the data folder, and no password where there is no such file.',
  ],
];
const ENCRYPTED: typeof ALWAYS = [
  ['caFile', 'Authority', 'A PEM file: who must have signed the certificate of Redis. Empty: any public authority.'],
  ['certFile', 'Own certificate', 'A PEM file that Redis is shown, where it asks for one. Default: empty.'],
  ['keyFile', 'Its key', 'A PEM file, for its owner alone. Default: empty.'],
  [
    'serverName',
    'Name of the server',
    'As in its certificate, where that is another than in the address. Default: empty.',
  ],
];

export function Redis({ view: { settings, redis } }: { readonly view: SettingsView }) {
  const group = useGroup('redis', settings);
  const { value, outcome, save, refuse } = group;
  const orNull = (typed: string): string | null => (typed.trim() === '' ? null : typed.trim());
  const change = (part: Partial<Group>, field: keyof Group): void => save(field, { ...value, ...part });
  const changeRoom = (typed: string): void => {
    const bufferMiB = readNumber(typed);
    if (bufferMiB === null) refuse('bufferMiB', 'must be a number.');
    else change({ bufferMiB }, 'bufferMiB');
  };
  const named = ([field, title, effect]: (typeof ALWAYS)[number]) => (
    <TextField
      key={field}
      field={field}
      long
      title={title}
      effect={effect}
      value={value[field] ?? ''}
      outcome={outcome}
      change={(typed) => change({ [field]: orNull(typed) }, field)}
    />
  );
  return (
    <GroupPanel
      id="redis"
      title="Redis"
      intro="A Redis of yours can have the figures of your typing and mouse, names of applications, scores and changes of state, as they come. No keys, titles or text."
      outcomes={[outcome]}
      reset={resetOf('redis', group, settings)}
    >
      <TextField
        field="url"
        long
        title="Address"
        effect={redisSentence(redis)}
        placeholder="rediss://redis.example:6379"
        value={value.url ?? ''}
        outcome={outcome}
        ability={redisAbility(redis)}
        change={(typed) => change({ url: orNull(typed) }, 'url')}
      />
      {value.url !== null && (
        <>
          <TextField
            field="user"
            title="User"
            effect="As Redis knows the program. Empty: default."
            placeholder="default"
            value={value.user}
            outcome={outcome}
            change={(typed) => change({ user: typed.trim() }, 'user')}
          />
          {ALWAYS.map(named)}
          {value.url.startsWith('rediss:') && ENCRYPTED.map(named)}
          <TextField
            field="bufferMiB"
            title="Room to wait in"
            unit="MiB"
            effect={`What Redis can't take waits in memory; beyond this the oldest is let go. Default: ${defaultOf('redis').bufferMiB}.`}
            value={String(value.bufferMiB)}
            outcome={outcome}
            change={changeRoom}
          />
        </>
      )}
    </GroupPanel>
  );
}
