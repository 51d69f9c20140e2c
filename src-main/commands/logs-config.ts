// `seclyzer logs config`: every key of the log guard with its unit, what holds now, and what each profile has.
import type { Command } from 'commander';
import { RULES } from '../agent/guard/score/rules.ts';
import { techniqueName } from '../agent/guard/score/techniques.ts';
import { CONFIG_KEYS, PROFILES } from '../agent/guard/profile.ts';
import { dataOption, jsonOption, type Context } from './context.ts';
import { guardSettings, profileOption, settingsFile, type GuardOptions } from './logs-options.ts';
import { layOut } from './table.ts';

interface ConfigOptions extends GuardOptions {
  readonly data: string;
  readonly rules?: true;
  readonly json?: true;
}

type Values = Readonly<Record<string, string | number | boolean | undefined>>;

export function addLogsConfig(logs: Command, context: Context): void {
  const { terminal, env } = context;
  logs
    .command('config')
    .description(
      'every setting of the log guard with its unit and defaults; with --rules, what is looked for and from when on',
    )
    .option('--rules', 'the rules, their thresholds and where these come from')
    .addOption(profileOption())
    .addOption(dataOption(env))
    .addOption(jsonOption())
    .action((options: ConfigOptions) => {
      const settings = guardSettings(options, options.data, context);
      const rules = RULES.map(({ name, technique, threshold, why }) => ({
        name,
        technique,
        called: techniqueName(technique),
        threshold,
        why,
      }));
      const rows = CONFIG_KEYS.map(({ key, unit, range, meaning }) => {
        const name = key.replace(/^advanced\./, '');
        const own = (key.startsWith('advanced.') ? settings.advanced : settings) as Values;
        const inForce = own[name] ?? (PROFILES[settings.profile] as Values)[name] ?? DEFAULTS[name];
        const profiles = Object.fromEntries(
          Object.entries(PROFILES).map(([profile, values]) => [profile, (values as Values)[name] ?? null]),
        );
        return { key: `guard.${key}`, value: inForce ?? null, unit, range, meaning, profiles };
      });
      if (options.json === true)
        return terminal.say(
          JSON.stringify({ file: settingsFile(options.data, context), settings: rows, rules }, null, 2),
        );
      if (options.rules === true) {
        for (const { name, technique, called, threshold, why } of rules)
          for (const line of [`${name}  ${technique} ${called}`, `    from: ${threshold}`, `    why:  ${why}`])
            terminal.say(line);
        return;
      }
      const { dim } = terminal.paint;
      const head = ['setting', 'now', ...Object.keys(PROFILES), 'unit'].map(dim);
      const cells = rows.map(({ key, value, unit, profiles }) => [
        ...[key, String(value)],
        ...Object.values(profiles).map((one) => (one === null ? '' : String(one))),
        unit,
      ]);
      const [first = '', ...lines] = layOut([head, ...cells], ['left', 'right', 'right', 'right', 'right', 'left']);
      terminal.say(first);
      for (const [at, { meaning, range }] of rows.entries()) {
        terminal.say(lines[at] ?? '');
        terminal.say(dim(`    ${meaning} (${range})`));
      }
      terminal.say('');
      terminal.say(
        `In the group "guard" of ${settingsFile(options.data, context)}; what is left out follows the profile.`,
      );
    });
}

/** Of keys that no profile changes. */
const DEFAULTS: Values = { afterwards: 'delete', stream: false };
