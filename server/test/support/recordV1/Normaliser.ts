import type { Json } from './Json.ts';

/** Moments and counters of the recording machine, which say nothing of the protocol. */
const MOMENTS = new Set(['joinedAt', 'joinedAtMs', 'creationTime', 'creationTimeMs', 'unixMicro', 'timestamp']);

const SECRETS = new Set(['turnPassword', 'sifTrailer']);

/**
 * Takes out of a recording what is secret, what names the recording machine and what no two recordings share: the
 * same thing gets the same short name throughout, so that what refers to what can still be read.
 */
export class Normaliser {
  readonly #names = new Map<string, Map<string, string>>();

  json(value: Json, key = ''): Json {
    if (Array.isArray(value)) return value.map((item) => this.json(item, key));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [this.text(name), this.json(item, name)]));
    if (MOMENTS.has(key)) return typeof value === 'string' ? '1' : 1;
    if (key === 'nodeId') return 'node';
    if (SECRETS.has(key)) return 'AAAA';
    return typeof value === 'string' ? this.text(value) : value;
  }

  text(value: string): string {
    return value
      .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'TOKEN')
      .replaceAll(/\b(RM|PA|TR)_\w+/g, (sid, prefix) => this.#name(prefix, sid, (n) => `${prefix}_${n}`))
      .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, (id) =>
        this.#name('id', id, (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`),
      )
      .replaceAll(/candidate:.*?(?=\r|$|")/g, (line) => this.#candidate(line))
      .replaceAll(/(a=ice-ufrag:|\busernameFragment":")([^\s"]+)/g, (_, before, ufrag) => before + this.#ufrag(ufrag))
      .replaceAll(
        /a=ice-pwd:(\S+)/g,
        (_, pwd) => `a=ice-pwd:${this.#name('pwd', pwd, (n) => `password${String(n).padStart(16, '0')}`)}`,
      )
      .replaceAll(
        /a=fingerprint:sha-256 (\S+)/g,
        (_, print) => `a=fingerprint:sha-256 ${this.#name('print', print, fingerprint)}`,
      )
      .replaceAll(
        /o=\S+ (\d+) (\d+) IN IP4 \S+/g,
        (_, id, version) =>
          `o=- ${this.#name('session', id, String)} ${this.#name(`version ${id}`, version, String)} IN IP4 127.0.0.1`,
      )
      .replaceAll(/^c=IN IP4 .*?(?=\r|$)/gm, 'c=IN IP4 0.0.0.0')
      .replaceAll(/^m=(\w+) (?!0\b|9\b)\d+ /gm, 'm=$1 9 ');
  }

  /** `candidate:1 1 udp 1 ADDRESS PORT typ host raddr ADDRESS rport PORT ufrag x` */
  #candidate(line: string): string {
    const parts = line.split(' ');
    const [, component = '1', protocol = 'udp', priority = '1'] = parts;
    const after = (name: string) => parts[parts.indexOf(name) + 1] ?? '';
    const ufrag = parts.includes('ufrag') ? ` ufrag ${this.#ufrag(after('ufrag'))}` : '';
    return `candidate:1 ${component} ${protocol} ${priority} 192.0.2.1 9 typ ${after('typ')}${ufrag}`;
  }

  #ufrag(ufrag: string): string {
    return this.#name('ufrag', ufrag, (n) => `user${n}`);
  }

  #name(kind: string, value: string, name: (n: number) => string): string {
    const known = this.#names.get(kind) ?? new Map<string, string>();
    this.#names.set(kind, known);
    const given = known.get(value) ?? name(known.size + 1);
    known.set(value, given);
    return given;
  }
}

const fingerprint = (n: number): string => Array(32).fill(n.toString(16).padStart(2, '0')).join(':');
