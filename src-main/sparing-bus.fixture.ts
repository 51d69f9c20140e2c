// For tests. Out: how a D-Bus session bus is started that starts nothing of what is installed here but what a test needs.
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SERVICES = '/usr/share/dbus-1/services';
/** The panel keeps its settings there. */
const STARTED = ['org.xfce.Xfconf.service'];

/** As the session bus of dbus itself, but for what it starts. @param services folders of what it may start */
export const busConfig = (...services: readonly string[]): string => `<busconfig>
<type>session</type><keep_umask/><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
${services.map((folder) => `<servicedir>${folder}</servicedir>`).join('')}
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

/** The configuration of a bus that starts what a test needs, and nothing else. */
export function sparingBus(): { readonly option: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'seclyzer-bus-'));
  for (const name of STARTED)
    if (existsSync(path.join(SERVICES, name))) symlinkSync(path.join(SERVICES, name), path.join(folder, name));
  const file = path.join(folder, 'bus.conf');
  writeFileSync(file, busConfig(folder));
  return { option: `--config-file=${file}`, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
