// The command line of a process enters, the same without passwords, tokens and keys leaves. When in doubt it masks: a hash that
// is not shown harms nobody.

export const MASK = '***';

const SECRET_WORD =
  'pass(?:word|wd|phrase|code|in|out)?|pwd|pw|secrets?|tokens?|api[-_]?keys?|apikey|access[-_]?keys?|private[-_]?keys?|secret[-_]?keys?|' +
  'signing[-_]?keys?|encryption[-_]?keys?|auth(?:orization|[-_]?key)?|credentials?|creds?|bearer|jwt|cookies?|session(?:[-_]?id)?|otp|pin|psk|' +
  'signature|sig|sas|salt|seed|mnemonic';
/** `--db-password`, `-token`, `PGPASSWORD`, `awsSecretAccessKey`: the word stands at the end, or before another part of the name. */
const SECRET_NAME = new RegExp(`(?:^|[-_.]|[a-z](?=[A-Z])|(?<=^[A-Z0-9_]*))(?:${SECRET_WORD})(?:$|[-_.=])`, 'i');
const NAMED = /^(-{0,2}[A-Za-z][\w.-]*)([=:])(.+)$/s;
const OPTION = /^--?[A-Za-z][\w.-]*$/;
/** `https://user:password@host`, and `user:password@host` behind any scheme. */
const URL_LOGIN = /([a-z][a-z0-9+.-]*:\/\/)([^\s/@:]*):([^\s@]+)@/gi;
/** A token alone in front of the host: `https://ghp_abc@github.com`. */
const URL_TOKEN = /([a-z][a-z0-9+.-]*:\/\/)([^\s/@:]{16,})@/gi;
const QUERY = /([?&;#])([\w.~-]+)=([^&;#\s]+)/g;
const HEADER =
  /^(\s*(?:proxy-)?(?:authorization|cookie|set-cookie|x-[\w-]*(?:key|token|auth|secret)[\w-]*|[\w-]*api-?key)\s*:\s*).+$/is;
/** `Bearer abc`, `Basic dXNlcjpwYXNz` anywhere. */
const SCHEME = /\b(bearer|basic|digest|negotiate|apikey)\s+[A-Za-z0-9+/=._~-]{6,}/gi;
/** By what their makers put in front of them. */
const KNOWN_TOKEN =
  /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abposr]-|sk-|pk_live_|sk_live_|rk_live_|AKIA|ASIA|AIza|ya29\.|hv[sb]\.|npm_|pypi-|dop_v1_|SG\.|eyJ)[A-Za-z0-9._~+/=-]{8,}/g;
/** Hexadecimal of 32 digits, or 40 characters as a key is written: letters of both cases and digits, without a path in it. */
const LONG_KEY =
  /(?<![\w/.-])(?:[0-9a-f]{32,}|(?=[\w+=-]*\d)(?=[\w+=-]*[a-z])(?=[\w+=-]*[A-Z])[\w+=-]{40,})(?![\w/.-])/gi;
const PEM = /-----BEGIN[\s\S]*/;
/** Programs whose `-pWORD` is a password, not a port. */
const ATTACHED_P = /^(?:mysql\w*|mariadb[\w-]*|sshpass|7z\w*|zip|unzip|rar|unrar|ncrack|redis-cli|mongo\w*)$/;
/** What their next argument holds is a login, `name:password`. */
const LOGIN_OPTION = /^(?:-u|--user|--proxy-user|-U|--login|--userpwd)$/;
/** Short options whose next argument is a secret, by program. */
const SHORT_SECRET: Readonly<Record<string, RegExp>> = {
  sshpass: /^-p$/,
  'redis-cli': /^-a$/,
  openssl: /^-(?:k|K|pass|passin|passout)$/,
  ldapsearch: /^-w$/,
  smbclient: /^-U$/,
  htpasswd: /^-b$/,
  xfreerdp: /^\/p$/,
  docker: /^-p$/,
};
const LONGEST = 300;

/** @param args of the process, program first. */
export function maskSecrets(args: readonly string[]): string {
  const masked = maskArguments(args);
  const line = masked.join(' ').replaceAll(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

function maskArguments(args: readonly string[]): readonly string[] {
  const program = (args[0] ?? '').replace(/^.*\//, '');
  let masksNext = false;
  let loginNext = false;
  return args.map((arg, i) => {
    if (masksNext && !(OPTION.test(arg) && arg.startsWith('--'))) {
      masksNext = false;
      return MASK;
    }
    masksNext = false;
    if (loginNext) {
      loginNext = false;
      return arg.replace(/:.*$/s, `:${MASK}`);
    }
    if (i > 0 && OPTION.test(arg)) {
      loginNext = LOGIN_OPTION.test(arg);
      masksNext = !loginNext && (isSecretName(arg) || SHORT_SECRET[program]?.test(arg) === true);
    }
    if (i > 0 && ATTACHED_P.test(program) && /^-p.+/.test(arg) && !arg.startsWith('-p=')) return `-p${MASK}`;
    return maskOne(arg, i > 0);
  });
}

const isSecretName = (name: string): boolean => SECRET_NAME.test(name.replace(/^-+/, ''));

/** @param words whether an argument with spaces is a command of its own, as that of `sh -c`. */
function maskOne(arg: string, words: boolean): string {
  if (HEADER.test(arg)) return arg.replace(HEADER, `$1${MASK}`);
  const plain = maskPatterns(arg);
  if (words && /\s/.test(plain)) return maskArguments(plain.split(/\s+/)).join(' ');
  const named = NAMED.exec(plain);
  if (named !== null && isSecretName(named[1] ?? '') && !(named[3] ?? '').startsWith('//'))
    return `${named[1]}${named[2]}${MASK}`;
  return plain;
}

const maskPatterns = (text: string): string =>
  text
    .replace(PEM, MASK)
    .replaceAll(URL_LOGIN, `$1$2:${MASK}@`)
    .replaceAll(URL_TOKEN, `$1${MASK}@`)
    .replaceAll(QUERY, (whole, mark: string, name: string) => (isSecretQuery(name) ? `${mark}${name}=${MASK}` : whole))
    .replaceAll(SCHEME, `$1 ${MASK}`)
    .replaceAll(KNOWN_TOKEN, MASK)
    .replaceAll(LONG_KEY, MASK);

const isSecretQuery = (name: string): boolean =>
  isSecretName(name) || /^(?:key|code|x-amz-signature|x-amz-credential)$/i.test(name);
