import { connect } from 'node:net';
import { Client, type ClientConfig } from 'pg';
import { databaseServers } from '../../../lib/databaseAddress.ts';

/** A server that does not answer in this time is passed over. */
const LOOK_WITHIN_MS = 3_000;

/** SQLSTATE of who is asked to write and may not. */
const READ_ONLY = '25006';

type Connected = (error: Error | null, client: Client) => void;

/** What a client needs beside what pg knows. */
export interface PrimaryConfig extends ClientConfig {
  readonly primary: Primary;
}

/**
 * Which of several servers takes writes, as far as it is known. One is the primary, the others follow it; whoever it is
 * is asked for again when a connection fails, or leads to one that only reads.
 */
export class Primary {
  static readonly #all = new Map<string, Primary>();
  readonly servers: readonly string[];
  #known: Promise<string> | undefined;

  private constructor(url: string) {
    this.servers = databaseServers(url);
  }

  /** The same for everybody in this process, so that one who has learnt it tells all. */
  static of(url: string): Primary {
    const known = Primary.#all.get(url) ?? new Primary(url);
    Primary.#all.set(url, known);
    return known;
  }

  /** Its address. @throws Error as pg has it, of the first that could not say */
  find(): Promise<string> {
    const [first = '', second] = this.servers;
    if (second === undefined) return Promise.resolve(first);
    // It may have died since, and a look that others began may have come a moment too early.
    return this.#known?.then(requireThere).catch(() => this.#find()) ?? this.#find();
  }

  forget(): void {
    this.#known = undefined;
  }

  #find(): Promise<string> {
    const found = this.#look();
    this.#known = found;
    found.catch(() => {
      if (this.#known === found) this.forget();
    });
    return found;
  }

  async #look(): Promise<string> {
    const asked = this.servers.map(async (server) => {
      const client = new Client({ connectionString: server, connectionTimeoutMillis: LOOK_WITHIN_MS });
      client.on('error', () => undefined); // told by the statement that runs
      try {
        await client.connect();
        await requireWritable(client);
        return server;
      } finally {
        void client.end().catch(() => undefined);
      }
    });
    return Promise.any(asked).catch((error: AggregateError) => {
      // That one only reads says less than why the other does not answer.
      throw error.errors.find((one) => one.code !== READ_ONLY) ?? error.errors[0];
    });
  }
}

/** A connection to the server that takes writes, when it was made. */
export class PrimaryClient extends Client {
  readonly #primary: Primary;

  constructor(config: PrimaryConfig) {
    super(config);
    this.#primary = config.primary;
    // The server may be gone for good.
    if (config.primary.servers.length > 1) this.on('error', () => config.primary.forget());
  }

  override connect(): Promise<Client>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<Client> | undefined {
    const connected = this.#connect();
    if (callback === undefined) return connected;
    connected.then(
      () => callback(null, this),
      (error) => callback(error, this),
    );
    return undefined;
  }

  async #connect(): Promise<Client> {
    if (this.#primary.servers.length === 1) {
      await super.connect();
      return this;
    }
    try {
      const { host, port } = new Client({ connectionString: await this.#primary.find() });
      Object.assign(this, { host, port });
      await super.connect();
      await requireWritable(this);
      return this;
    } catch (error) {
      this.#primary.forget();
      void this.end().catch(() => undefined);
      throw error;
    }
  }
}

/** As one address of one server. */
function requireThere(server: string): Promise<string> {
  const { host, port } = new Client({ connectionString: server });
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: LOOK_WITHIN_MS });
    socket.once('timeout', () => socket.destroy(new Error('timeout')));
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve(server);
    });
  });
}

async function requireWritable(client: Client): Promise<void> {
  const { rows } = await client.query('SHOW transaction_read_only');
  if (rows[0]?.transaction_read_only !== 'on') return;
  throw Object.assign(new Error(`${client.host}:${client.port} only reads`), { code: READ_ONLY });
}
