// The program and its arguments enter, the unit for the user's own systemd leaves: without a window, from login to logout.

export const UNIT_NAME = 'seclyzer.service';

export interface UnitTask {
  /** Absolute paths. */
  readonly node: string;
  readonly cli: string;
  /** Of `seclyzer run`. */
  readonly args: readonly string[];
  /** The last of them, as systemd is to read it: with the number of the instance in it. */
  readonly last?: string;
  readonly description: string;
}

/** A word of ExecStart: quoted, with what systemd would replace doubled (systemd.service(5), "Command lines"). */
export const word = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll(/[%$]/g, '$&$&')}"`;

/**
 * Of systemd's sandbox, what a user's own manager can do without rights of root's: filters of system calls and what follows from
 * NoNewPrivileges. Mounting the system read-only, private users and dropping capabilities it either passes over or refuses to start with
 * (218/CAPABILITIES), and a /tmp of its own would hide the X server's socket. V8 makes code at run time, so memory may be written and
 * executed. What is freed in the C library goes back to the system (setup/thrifty-malloc.mjs). What restarting can't mend is not restarted:
 * exit code 2, arguments that make no sense.
 */
export const unitText = ({ node, cli, args, last, description }: UnitTask): string => `[Unit]
Description=${description}
After=graphical-session.target dbus.socket
StartLimitIntervalSec=300
StartLimitBurst=5

[Service]
Type=exec
ExecStart=${[...[node, cli, 'run', ...args].map(word), ...(last === undefined ? [] : [last])].join(' ')}
SyslogIdentifier=seclyzer
Environment=MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=2
TimeoutStopSec=20
UMask=0077
MemoryMax=1G
TasksMax=128
Nice=5

NoNewPrivileges=yes
KeyringMode=private
LockPersonality=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM

[Install]
WantedBy=default.target
`;
