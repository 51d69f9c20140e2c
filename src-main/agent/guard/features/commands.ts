// A command that somebody ran as root in, what it is known to be misused for out. The programs are those of GTFOBins
// (https://gtfobins.github.io) that open a shell or write files under sudo; the patterns are the ones that its pages, and MITRE's
// descriptions of the techniques, show.
import type { TechniqueId } from '../score/techniques.ts';

/** Programs of everyday use that a shell can be had from: a feature, and no finding by itself. */
const LIVE_OFF = new Set([
  ...[
    'awk',
    'gawk',
    'mawk',
    'nawk',
    'base64',
    'bash',
    'busybox',
    'cpan',
    'cpio',
    'csh',
    'curl',
    'dash',
    'dd',
    'ed',
    'emacs',
  ],
  ...[
    'env',
    'expect',
    'fish',
    'find',
    'flock',
    'ftp',
    'gdb',
    'gem',
    'git',
    'ionice',
    'irb',
    'jjs',
    'jrunscript',
    'ksh',
  ],
  ...[
    'less',
    'ld.so',
    'lua',
    'man',
    'more',
    'mysql',
    'nano',
    'nc',
    'ncat',
    'netcat',
    'nice',
    'nmap',
    'node',
    'nohup',
    'openssl',
  ],
  ...[
    'perl',
    'pg',
    'php',
    'pico',
    'pip',
    'psql',
    'python',
    'rsync',
    'rlwrap',
    'ruby',
    'rvim',
    'scp',
    'screen',
    'script',
    'sed',
  ],
  ...[
    'sftp',
    'sh',
    'socat',
    'sqlite3',
    'ssh',
    'stdbuf',
    'strace',
    'tar',
    'taskset',
    'tclsh',
    'tee',
    'telnet',
    'time',
    'timeout',
  ],
  ...['tmux', 'unshare', 'vi', 'vim', 'view', 'wget', 'wish', 'xargs', 'zip', 'zsh'],
]);

export interface Misuse {
  readonly technique: TechniqueId;
  /** 0 to 1, what it adds to the score; see score/rule.ts. */
  readonly strength: number;
  /** For a sentence: `a command that …`. */
  readonly words: string;
}

const MISUSES: readonly (readonly [pattern: RegExp, technique: TechniqueId, strength: number, words: string])[] = [
  [/\bjournalctl\b.*--(?:vacuum-(?:time|size|files)|rotate)/, 'T1070.002', 0.75, 'throws entries of the journal away'],
  [
    /\b(?:truncate|shred|rm|unlink|dd|mv|cp \/dev\/null|sed -i\S*|tee)\b.*\/var\/(?:log|run\/(?:utmp|wtmp))/,
    'T1070.002',
    0.82,
    'empties, edits or removes files of the log',
  ],
  [/(?:>|of=) ?\/var\/log\/\S/, 'T1070.002', 0.82, 'writes over a file of the log'],
  [
    /\b(?:history -c|unset HISTFILE|HISTFILE=\/dev\/null|\.bash_history)\b/,
    'T1070.003',
    0.6,
    'clears the history of commands',
  ],
  [
    /\b(?:systemctl (?:--now )?(?:stop|disable|mask|kill)|service) .*\b(?:rsyslog|syslog-ng|auditd|systemd-journald)\b(?! (?:start|status|restart))/,
    'T1562.006',
    0.7,
    'stops what writes the log',
  ],
  [
    /\b(?:systemctl (?:--now )?(?:stop|disable|mask|kill)) .*\b(?:fail2ban|apparmor|ufw|firewalld|nftables|crowdsec|falco)\b/,
    'T1562.001',
    0.6,
    'stops what protects the machine',
  ],
  [
    /\b(?:pkill|killall|kill)\b.*\b(?:rsyslogd?|auditd|systemd-journald|fail2ban)/,
    'T1562.006',
    0.7,
    'kills what writes the log',
  ],
  [/\bauditctl\b.* -(?:e ?0|D)\b/, 'T1562.012', 0.75, 'turns the audit system off'],
  [
    /\b(?:iptables|ip6tables) (?:-F|--flush)|\bnft flush ruleset|\bufw disable|\bsetenforce 0/,
    'T1562.004',
    0.55,
    'takes the firewall down',
  ],
  [
    /\b(?:cat|cp|less|more|head|tail|grep|vim?|nano|tar|unshadow|scp)\b.*\/etc\/(?:shadow|gshadow)/,
    'T1003.008',
    0.65,
    'reads the password hashes',
  ],
  [/\/etc\/sudoers(?:\.d)?\b/, 'T1548.003', 0.45, 'changes who may use sudo'],
  [/\bchmod\b.* (?:u\+s|\+s|[24]7[0-7]{2}|[46][0-7]{3})\b/, 'T1548.001', 0.6, 'sets the setuid bit'],
  [/authorized_keys/, 'T1098.004', 0.55, 'changes which keys may log in'],
  [/\b(?:insmod|modprobe)\b(?! -n)/, 'T1547.006', 0.4, 'loads a kernel module'],
  [
    /\/dev\/(?:tcp|udp)\/|\b(?:nc|ncat|netcat)\b.* -(?:[a-z]*e|c)\b|\bsocat\b.*\bexec\b/i,
    'T1059.004',
    0.82,
    'opens a shell to another machine',
  ],
  [/\b(?:curl|wget)\b.*\|.*\b(?:ba|da|z)?sh\b/, 'T1105', 0.6, 'runs what it has just downloaded'],
  [/\bbase64\b.* (?:-d|--decode)\b.*\|.*\b(?:ba|da|z)?sh\b/, 'T1027', 0.65, 'runs what was hidden in base64'],
  [
    /\bfind\b.* -exec(?:dir)? \/?(?:bin\/|usr\/bin\/)?(?:ba|da|z)?sh\b|\b[gmn]?awk\b.*system *\(|\bvi(?:m|ew)?\b.*-c *['"]?:?!|\btar\b.*--checkpoint-action|\b(?:python[\d.]*|perl|ruby|lua|php|node)\b.* -[er]?c? ?.*(?:exec|system|spawn|popen|pty)|\benv \/?(?:bin\/)?(?:ba|da|z)?sh\b|\bnmap\b.*--interactive|\bless\b .*\/etc\/profile/,
    'T1548.003',
    0.6,
    'opens a shell out of a program that is not one',
  ],
];

/** @param command as sudo writes it: the path of the program first. */
export function livesOffTheLand(command: string): boolean {
  const [program = ''] = command.split(' ', 1);
  const name = program.slice(program.lastIndexOf('/') + 1).replace(/[\d.]+$/, '');
  return LIVE_OFF.has(name);
}

/** The worst of what the command is known for; null for one that is known for nothing. */
export function misuseOf(command: string): Misuse | null {
  let worst: Misuse | null = null;
  for (const [pattern, technique, strength, words] of MISUSES) {
    if ((worst?.strength ?? 0) < strength && pattern.test(command)) worst = { technique, strength, words };
  }
  return worst;
}
