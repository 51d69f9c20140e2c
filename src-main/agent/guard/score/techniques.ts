// The techniques of MITRE ATT&CK that the guard tells, by their numbers: what they are called and what they are for. Names and tactics
// are those of ATT&CK for Enterprise, version 16, https://attack.mitre.org/techniques/enterprise/; one technique may serve several
// tactics, and the one given is what it serves in a log.

export const TACTICS = [
  'Discovery',
  'Credential Access',
  'Initial Access',
  'Execution',
  'Privilege Escalation',
  'Persistence',
  'Defense Evasion',
  'Command and Control',
  'Impact',
] as const;
/** In the order in which an attack usually goes through them. */
export type Tactic = (typeof TACTICS)[number];

export const TECHNIQUES = {
  'T1003.008': { name: 'OS Credential Dumping: /etc/passwd and /etc/shadow', tactic: 'Credential Access' },
  T1027: { name: 'Obfuscated Files or Information', tactic: 'Defense Evasion' },
  T1036: { name: 'Masquerading', tactic: 'Defense Evasion' },
  T1040: { name: 'Network Sniffing', tactic: 'Credential Access' },
  T1046: { name: 'Network Service Discovery', tactic: 'Discovery' },
  'T1053.003': { name: 'Scheduled Task/Job: Cron', tactic: 'Persistence' },
  'T1059.004': { name: 'Command and Scripting Interpreter: Unix Shell', tactic: 'Execution' },
  'T1070.002': { name: 'Indicator Removal: Clear Linux or Mac System Logs', tactic: 'Defense Evasion' },
  'T1070.003': { name: 'Indicator Removal: Clear Command History', tactic: 'Defense Evasion' },
  T1078: { name: 'Valid Accounts', tactic: 'Initial Access' },
  T1098: { name: 'Account Manipulation', tactic: 'Persistence' },
  'T1098.004': { name: 'Account Manipulation: SSH Authorized Keys', tactic: 'Persistence' },
  'T1098.007': { name: 'Account Manipulation: Additional Local or Domain Groups', tactic: 'Persistence' },
  T1105: { name: 'Ingress Tool Transfer', tactic: 'Command and Control' },
  'T1110.001': { name: 'Brute Force: Password Guessing', tactic: 'Credential Access' },
  'T1110.003': { name: 'Brute Force: Password Spraying', tactic: 'Credential Access' },
  'T1110.004': { name: 'Brute Force: Credential Stuffing', tactic: 'Credential Access' },
  'T1136.001': { name: 'Create Account: Local Account', tactic: 'Persistence' },
  T1531: { name: 'Account Access Removal', tactic: 'Impact' },
  'T1547.006': { name: 'Boot or Logon Autostart Execution: Kernel Modules and Extensions', tactic: 'Persistence' },
  'T1548.001': { name: 'Abuse Elevation Control Mechanism: Setuid and Setgid', tactic: 'Privilege Escalation' },
  'T1548.003': { name: 'Abuse Elevation Control Mechanism: Sudo and Sudo Caching', tactic: 'Privilege Escalation' },
  'T1562.001': { name: 'Impair Defenses: Disable or Modify Tools', tactic: 'Defense Evasion' },
  'T1562.004': { name: 'Impair Defenses: Disable or Modify System Firewall', tactic: 'Defense Evasion' },
  'T1562.006': { name: 'Impair Defenses: Indicator Blocking', tactic: 'Defense Evasion' },
  'T1562.012': { name: 'Impair Defenses: Disable or Modify Linux Audit System', tactic: 'Defense Evasion' },
} as const satisfies Record<string, { readonly name: string; readonly tactic: Tactic }>;

export type TechniqueId = keyof typeof TECHNIQUES;

export const techniqueName = (id: TechniqueId): string => TECHNIQUES[id].name;
export const tacticOf = (id: TechniqueId): Tactic => TECHNIQUES[id].tactic;
