import { PostgresData, PostgresServer } from '../PostgresServer.ts';

/**
 * A PostgreSQL as an operator has one: reached by TCP with a password, as an ordinary role that owns its database and may make others, or as
 * another that owns nothing; in another time zone, and with other habits of writing dates. The system's own is taken before the one of the packages, so that both versions are tried.
 */
export class ExternalPostgres {
  /** As the role that owns it. */
  readonly databaseUrl: string;
  /** As the role of a server. */
  readonly serverUrl: string;
  /** Full version, for the log. */
  readonly version: string;
  readonly #server: PostgresServer;

  private constructor(server: PostgresServer, version: string) {
    const url = (role: string) => `postgresql://${role}:${server.data.password}@127.0.0.1:${server.port}/operator`;
    this.databaseUrl = url('operator');
    this.serverUrl = url('operator_server');
    this.version = version;
    this.#server = server;
  }

  static async create(): Promise<ExternalPostgres> {
    const server = await PostgresServer.start(PostgresData.create(), ['datestyle=SQL, DMY', 'bytea_output=escape']);
    await makeOperator(server);
    const [row] = await server.ask<{ server_version: string }>('SHOW server_version');
    return new ExternalPostgres(server, row?.server_version ?? '');
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

/** The roles and the database of an operator. */
export async function makeOperator(server: PostgresServer): Promise<void> {
  await server.ask(`CREATE ROLE operator LOGIN CREATEDB PASSWORD '${server.data.password}'`);
  await server.ask(`CREATE ROLE operator_server LOGIN PASSWORD '${server.data.password}'`);
  await server.ask('CREATE DATABASE operator OWNER operator');
  // For the test that tampers: who can do this can do anything with its tables.
  await server.ask('GRANT SET ON PARAMETER session_replication_role TO operator');
}
