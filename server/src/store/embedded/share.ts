import { createHmac } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemAccount } from './account.ts';
import { own, type StoresHome } from './home.ts';

/** The usual ports, so that whoever looks at this machine from outside knows what they see. */
export const SHARED_POSTGRES_PORT = 5432;
export const SHARED_REDIS_PORT = 6379;
/** NJ4: the account of other nodes, in both stores. */
export const JOINED = 'dieu_hanh_node';

/** Where other machines reach the stores, and by which certificate they know them. */
export interface ShareWanted {
  /** An IP address of this machine. */
  readonly address: string;
  /** Paths of PEM files, for that address. */
  readonly cert: string;
  readonly key: string;
}

/** The same, with files that the account of the stores can read. */
export interface Share extends ShareWanted {
  readonly hba: string;
}

/** Who may come in from outside: other nodes, over TLS, into the one database. Everybody else is on the socket. */
const HBA = (database: string) => `local all all scram-sha-256
hostssl ${database} ${JOINED} all scram-sha-256
`;

/** Lays the files. @returns undefined when nothing is to be shared */
export function layShare(
  home: StoresHome,
  account: SystemAccount | undefined,
  wanted: ShareWanted | undefined,
  database: string,
): Share | undefined {
  const folder = join(home.folder, 'share');
  if (wanted === undefined) {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [cert, key, hba] = ['server.pem', 'server.key', 'pg_hba.conf'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [cert, key, hba]) rmSync(path, { force: true });
  copyFileSync(wanted.cert, cert);
  copyFileSync(wanted.key, key);
  writeFileSync(hba, HBA(database), { mode: 0o600 });
  for (const path of [folder, cert, key, hba]) own(path, account);
  return { address: wanted.address, cert, key, hba };
}

/**
 * What stores were started with, beside what they are always started with. Those that a killed server left may have been
 * started with something else, and are then not adopted but started anew.
 */
export class ShareNote {
  readonly #path: string;

  constructor(home: StoresHome) {
    this.#path = join(home.folder, 'shared');
  }

  /** Whether stores that run already are as wanted. */
  fits(wanted: ShareWanted | undefined): boolean {
    return this.#text === textOf(wanted);
  }

  write(wanted: ShareWanted | undefined): void {
    if (wanted) writeFileSync(this.#path, textOf(wanted), { mode: 0o600 });
    else rmSync(this.#path, { force: true });
  }

  get #text(): string {
    return existsSync(this.#path) ? readFileSync(this.#path, 'utf8') : '';
  }
}

const textOf = (wanted: ShareWanted | undefined): string =>
  wanted ? `${wanted.address}\n${readFileSync(wanted.cert, 'utf8')}` : '';

/** Of the account of other nodes: another one in each store, and none that opens more. */
export const joinedPassword = (secret: string): string =>
  createHmac('sha256', secret).update(JOINED).digest('base64url');

/** An address as a part of another one. */
export const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address);
