import { createHmac } from 'node:crypto';

/** Keys of values that nobody must see. */
const secretKeys = new RegExp(
  [
    'passw(or)?d|passphrase|pwd|secret|token|credential|salt|signature|cookie|webhook',
    '(api|access|private|encryption|signing|license)_?key',
    '(pass|_key|_dsn|_sas|session_?id|auth|authorization)$',
  ].join('|'),
  'i',
);

/** Of these the value says where a secret is or how long it lives, not what it is. */
const tellingKeys =
  /(_file|_path|_name|_ttl|_timeout(_ms)?|_expir\w*|_length|_header|_size|_enabled)$/i;

/** Values that are secrets whatever their key: tokens by their public prefixes, JWTs, keys. */
const secretValues = new RegExp(
  [
    'AKIA[0-9A-Z]{12,}|gh[pousr]_\\w{20,}|github_pat_\\w{20,}|xox[abprs]-[\\w-]{10,}',
    'sk_(live|test)_\\w{10,}|sk-[\\w-]{20,}|glpat-[\\w-]{16,}|npm_\\w{30,}|AIza[\\w-]{30,}',
    'eyJ[\\w-]{10,}\\.[\\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY',
  ].join('|'),
);

/** Keys that say themselves that they are for tests: a marker of them may say so too. */
const testKeys = /^(sk|pk|rk)_test_/;

/** `postgres://user:password@host`, `redis://:password@host`; the password is the third group. */
const passwordInAddress = /([a-z][a-z\d+.-]*:\/\/)([^\s:@/]*):([^\s@/]+)@/gi;

/** `--password=abc`, `password=abc` within a longer text such as a connection string. */
const passwordInText =
  /((?:^|[\s;,&?-])(?:[\w-]*(?:passw(?:or)?d|pwd|secret|token|api_?key)))(=)([^\s;,&]+)/gi;

/**
 * Replaces secrets by markers as they are read, so that none is ever held in text. Equal secrets
 * have equal markers, by which environments are compared. The key of the markers must be new for
 * each process: nobody can then find a secret by trying.
 */
export class Secrets {
  private readonly key: Uint8Array;

  constructor(key: Uint8Array) {
    this.key = key;
  }

  /** The value to keep, and whether something in it was a secret. */
  hide(key: string, value: string): { readonly value: string; readonly secret: boolean } {
    if (isSecret(key, value)) return { value: this.marker(value), secret: true };
    const hidden = this.hideInText(value);
    return { value: hidden, secret: hidden !== value };
  }

  /** A text without the passwords that stand in it. */
  hideInText(text: string): string {
    return text
      .replace(passwordInAddress, (_, scheme: string, user: string, password: string) => {
        return `${scheme}${user}:${this.marker(password)}@`;
      })
      .replace(passwordInText, (_, key: string, sign: string, password: string) => {
        return `${key}${sign}${this.marker(password)}`;
      });
  }

  /** The words of a command line: `--password=abc`, `--requirepass abc`. */
  hideInWords(words: readonly string[]): readonly string[] {
    return words.map((word, at) => {
      const flag = /^--?([\w-]+)$/.exec(words[at - 1] ?? '')?.[1];
      const isValue = flag !== undefined && !word.startsWith('-');
      return isValue && isSecretKey(flag) ? this.marker(word) : this.hideInText(word);
    });
  }

  /** What stands for a secret. */
  marker(secret: string): string {
    const digest = createHmac('sha256', this.key).update(secret).digest('hex');
    const kind = testKeys.test(secret) ? 'test secret' : 'secret';
    return `(${kind} ${digest.slice(0, 8)})`;
  }
}

/** Whether all of a value is a secret, by its key or by itself. */
export function isSecret(key: string, value: string): boolean {
  return value !== '' && (isSecretKey(key) || secretValues.test(value));
}

/** Whether a password stands in a text. */
export function hasPassword(text: string): boolean {
  return text.search(passwordInAddress) >= 0 || text.search(passwordInText) >= 0;
}

function isSecretKey(key: string): boolean {
  return secretKeys.test(key) && !tellingKeys.test(key);
}
