// For tests of the transports: the settings page of an agent with nothing out of the ordinary.
import { DEFAULT_USER_SETTINGS, type SettingsView, type StageView } from '../../../src-preload/contract.ts';

const ABLE = { available: true, reason: null, fix: null };

const LOCAL: StageView = {
  ...{ place: 'local', uses: 'local', reason: null, fix: null, lastRemoteMs: null, refused: 0, comparison: null },
};

export const SETTINGS: SettingsView = {
  settings: DEFAULT_USER_SETTINGS,
  file: '/home/ada/.config/seclyzer/settings.json',
  host: 'tray',
  abilities: { notifications: ABLE, autostart: ABLE, shortcut: ABLE, lock: ABLE },
  storage: {
    ...{ folder: '/home/ada/.local/share/seclyzer', usedMiB: 1.6, key: 'file', keySentence: 'Beside the data.' },
    logSentence: 'The audit log is whole.',
  },
  api: { wanted: false, url: null, reason: null, fix: null },
  influx: {
    ...{ wanted: false, status: 'off', reason: null, fix: null, sent: 0, lastSentMs: null, waitingBytes: 0 },
    ...{ dropped: 0, rejected: 0, rejection: null },
  },
  redis: {
    ...{ wanted: false, status: 'off', reason: null, fix: null, sent: 0, lastSentMs: null, waiting: 0 },
    ...{ waitingBytes: 0, dropped: 0 },
  },
  collecting: { wanted: false, byRole: false, sent: 0, waiting: 0, dropped: 0, reason: null },
  stages: { features: LOCAL, scoring: LOCAL },
};
