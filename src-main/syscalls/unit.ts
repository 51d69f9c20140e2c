// The helper's program enters, the systemd unit that runs it leaves: as root, for the kernel asks for that, with no more of root's rights
// than counting needs.
import { GROUP } from '../agent/collect/syscalls/wire.ts';

export const UNIT_NAME = 'seclyzer-syscalls.service';

export interface UnitTask {
  /** Absolute paths without spaces, of files that only root may write. */
  readonly node: string;
  readonly program: string;
}

/**
 * bpftrace asks for user id 0, and the kernel for CAP_BPF and CAP_PERFMON; reading tracefs takes no other right of root's. Its compiler
 * and Node's make code at run time, so memory may be written and executed. RuntimeDirectory makes /run/seclyzer and takes it away again.
 */
export const unitText = ({ node, program }: UnitTask): string => `[Unit]
Description=SecLyzer: counts of system calls, for members of the group ${GROUP}
Documentation=https://seclyzer.github.io
After=local-fs.target

[Service]
Type=exec
ExecStart=${node} ${program}
Restart=always
RestartSec=2
User=root
Group=${GROUP}
RuntimeDirectory=seclyzer
RuntimeDirectoryMode=0750
UMask=0077
MemoryMax=300M
TasksMax=32
CPUQuota=50%
LimitMEMLOCK=infinity
Nice=5
OOMScoreAdjust=500

CapabilityBoundingSet=CAP_BPF CAP_PERFMON
NoNewPrivileges=yes

ProtectSystem=strict
ProtectHome=yes
ProtectProc=invisible
PrivateTmp=yes
PrivateDevices=yes
PrivateNetwork=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
KeyringMode=private
IPAddressDeny=any
SystemCallArchitectures=native
SystemCallFilter=@system-service bpf perf_event_open
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`;
