// The settings as the dashboard sees and changes them: what holds, what this machine can do, what is stored and how it is protected.
import type { Ability, AgentOptions, HostAbilities, SettingsChange, SettingsView } from '../../src-preload/contract.ts';
import type { Audit } from './audit.ts';
import { describeChange, type SettingsFile } from './settings-file.ts';

export interface SettingsDesk {
  readonly view: () => SettingsView;
  /** Rejects with a readable reason, and changes nothing, when a value is not allowed or the file can't be written. */
  readonly change: (change: SettingsChange) => Promise<SettingsView>;
  readonly setAbilities: (abilities: HostAbilities) => void;
  /** Something that the view tells of has changed. */
  readonly tell: () => void;
}

export interface SettingsDeskParts {
  readonly file: SettingsFile;
  readonly host: AgentOptions['host'];
  readonly dataDir: string;
  readonly key: { readonly kind: SettingsView['storage']['key']; readonly sentence: string };
  readonly usedMiB: () => number;
  /** How the audit log was when it was last verified. */
  readonly logSentence: () => string;
  readonly lockAbility: () => Ability;
  readonly ways: () => Pick<SettingsView, 'api' | 'influx' | 'redis' | 'stages' | 'collecting'>;
  readonly audit: Audit;
  /** Puts what has just been written into effect. */
  readonly apply: () => Promise<void>;
  readonly changed: (view: SettingsView) => void;
}

export const TRAY_ONLY: Ability = {
  available: false,
  reason: 'only the tray application can do this',
  fix: 'Start SecLyzer in your desktop session, where Electron can run.',
};
const NOT_YET: Ability = { available: false, reason: 'the program has not said yet whether it can do this', fix: null };

export function createSettingsDesk(parts: SettingsDeskParts): SettingsDesk {
  const { file, host, dataDir, key } = parts;
  const first = host === 'tray' ? NOT_YET : TRAY_ONLY;
  let abilities: HostAbilities = { notifications: NOT_YET, autostart: first, shortcut: first };

  const view = (): SettingsView => ({
    settings: file.current(),
    file: file.file,
    host,
    abilities: { ...abilities, lock: parts.lockAbility() },
    storage: {
      ...{ folder: dataDir, usedMiB: parts.usedMiB(), key: key.kind, keySentence: key.sentence },
      logSentence: parts.logSentence(),
    },
    ...parts.ways(),
  });
  const tell = (): SettingsView => {
    const now = view();
    parts.changed(now);
    return now;
  };
  return {
    view,
    change: async (change) => {
      const { before, after } = await file.change(change);
      for (const sentence of describeChange(before, after)) parts.audit('setting', sentence);
      await parts.apply();
      return tell();
    },
    setAbilities: (said) => {
      abilities = said;
      tell();
    },
    tell: () => void tell(),
  };
}
