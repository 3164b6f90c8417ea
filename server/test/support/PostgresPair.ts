import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Closer } from '../../src/lib/Closer.ts';
import { PostgresData, PostgresServer } from './PostgresServer.ts';
import { makeOperator } from './shared/ExternalPostgres.ts';
import type { TestCertificate } from './testCertificate.ts';
import { until } from './until.ts';

/** Over TLS, with a password, and in no other way. */
const HBA = `hostssl all all 127.0.0.1/32 scram-sha-256
host all postgres 127.0.0.1/32 scram-sha-256
hostssl replication follower 127.0.0.1/32 scram-sha-256
`;

/**
 * Two PostgreSQLs as an operator has them: a primary that commits nothing before its standby has it (streaming
 * replication, `synchronous_standby_names`), and that standby; both over TLS.
 */
export class PostgresPair {
  readonly primary: PostgresServer;
  readonly standby: PostgresServer;
  /** Both of them, as the role that owns the database, … */
  readonly databaseUrl: string;
  /** … and as the role of a server. */
  readonly serverUrl: string;
  readonly #closer: Closer;

  private constructor(primary: PostgresServer, standby: PostgresServer, ca: string, closer: Closer) {
    this.primary = primary;
    this.standby = standby;
    const hosts = [standby, primary].map(({ port }) => `127.0.0.1:${port}`).join(',');
    const how = `sslmode=verify-full&sslrootcert=${encodeURIComponent(ca)}&target_session_attrs=read-write`;
    const url = (role: string) => `postgresql://${role}:${primary.data.password}@${hosts}/operator?${how}`;
    this.databaseUrl = url('operator');
    this.serverUrl = url('operator_server');
    this.#closer = closer;
  }

  static async create(certificate: TestCertificate): Promise<PostgresPair> {
    const closer = new Closer(() => undefined);
    try {
      const first = PostgresData.create();
      const second = first.copy();
      const start = async (data: PostgresData, settings: readonly string[]) => {
        const tls = {
          ssl_cert_file: data.write('server.pem', await readFile(certificate.cert)),
          ssl_key_file: data.write('server.key', await readFile(certificate.key)),
          hba_file: data.write('hba.conf', HBA),
        };
        const files = Object.entries(tls).map(([name, path]) => `${name}=${path}`);
        return closer.own('PostgreSQL', await PostgresServer.start(data, ['ssl=on', ...files, ...settings]));
      };
      const primary = await start(first, []);
      await makeOperator(primary);
      const password = randomBytes(18).toString('base64url');
      await primary.ask(`CREATE ROLE follower LOGIN REPLICATION PASSWORD '${password}'`);
      second.write('data/standby.signal', '');
      const authority = second.write('ca.pem', await readFile(certificate.ca));
      const standby = await start(second, [
        `primary_conninfo=host=127.0.0.1 port=${primary.port} user=follower password=${password} application_name=second sslmode=verify-full sslrootcert=${authority}`,
      ]);
      await primary.ask(`ALTER SYSTEM SET synchronous_standby_names = 'second'`);
      await primary.ask('SELECT pg_reload_conf()');
      await until('the standby is waited for', async () => {
        const [row] = await primary.ask('SELECT sync_state FROM pg_stat_replication');
        return row?.sync_state === 'sync';
      });
      return new PostgresPair(primary, standby, certificate.ca, closer);
    } catch (error) {
      await closer.close();
      throw error;
    }
  }

  /** What an operator, or Patroni, does when the primary is gone for good. */
  async promote(): Promise<void> {
    await this.standby.ask('SELECT pg_promote(true)');
  }

  close(): Promise<void> {
    return this.#closer.close();
  }
}
