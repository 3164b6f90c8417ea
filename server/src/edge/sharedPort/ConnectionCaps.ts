import type { Socket } from 'node:net';
import { networkOf } from '../../lib/networkOf.ts';

export interface CapsOptions {
  /** Connections from one network of which nobody has signed in. */
  readonly perNetwork: number;
  /** All connections of the port. */
  readonly total: number;
  /** Connections that one account may vouch for; undefined: as many as four devices with five tabs have. */
  readonly perAccount?: number;
  /** Addresses with no limit of their own: a province behind one address, a proxy. */
  readonly isExcepted: (address: string) => boolean;
}

/** Both ends of a connection know it by these: also behind TLS, whose socket is another object. */
export type Ends = Pick<Socket, 'remoteAddress' | 'remotePort'>;

/** Browsers hold six connections for pages, and two for each tab with a briefing. More of an account stay strangers. */
const PER_ACCOUNT = 64;

interface Guest {
  readonly socket: Socket;
  network: string;
  readonly excepted: boolean;
  /** undefined: a stranger, who has proved nothing so far. */
  account: string | undefined;
}

/**
 * How many connections a port holds. Strangers are counted by network, and go first, the newest before the others;
 * whoever has signed in counts in the whole alone, and is never put out.
 */
export class ConnectionCaps {
  /** Connections that were put out. */
  readonly counts = { crowded: 0, full: 0 };
  readonly #options: CapsOptions;
  readonly #guests = new Map<string, Guest>();
  /** Oldest first. */
  readonly #strangers = new Map<string, Set<Guest>>();
  readonly #vouched = new Map<string, number>();

  constructor(options: CapsOptions) {
    this.#options = options;
  }

  get open(): number {
    return this.#guests.size;
  }

  /** A connection has come; over a limit it, or another stranger's, is gone when this returns. */
  enter(socket: Socket): void {
    const { remoteAddress: address } = socket;
    // Gone before it was looked at.
    if (address === undefined) return;
    const excepted = this.#options.isExcepted(address);
    const guest: Guest = { socket, network: networkOf(address), excepted, account: undefined };
    const key = keyOf(socket);
    this.#guests.set(key, guest);
    this.#add(guest);
    socket.once('close', () => this.#forget(key, guest));
    this.#hold(guest);
  }

  /**
   * A proxy that is trusted says whose connection this is from now on. It may have carried requests of others before, and
   * what they proved is not theirs.
   */
  comesFrom(ends: Ends, address: string): void {
    const guest = this.#guests.get(keyOf(ends));
    const network = networkOf(address);
    if (!guest || (guest.account === undefined && guest.network === network)) return;
    this.#uncount(guest);
    guest.network = network;
    this.#add(guest);
    if (this.#options.isExcepted(address)) return;
    if (this.#count(network) > this.#options.perNetwork) this.#putOut(guest, 'crowded');
  }

  /** Whoever is at the other end has signed in. */
  vouch(ends: Ends, account: string): void {
    const guest = this.#guests.get(keyOf(ends));
    const held = this.#vouched.get(account) ?? 0;
    if (!guest || guest.account !== undefined || held >= (this.#options.perAccount ?? PER_ACCOUNT)) return;
    this.#remove(guest);
    guest.account = account;
    this.#vouched.set(account, held + 1);
  }

  /** Others look after this connection from now on. */
  leave(ends: Ends): void {
    const guest = this.#guests.get(keyOf(ends));
    if (guest) this.#forget(keyOf(ends), guest);
  }

  #hold(guest: Guest): void {
    const { perNetwork, total } = this.#options;
    if (!guest.excepted && this.#count(guest.network) > perNetwork) this.#putOut(guest, 'crowded');
    else if (this.#guests.size > total) this.#putOut(this.#newestOfTheMost(), 'full');
  }

  /** Of the network with most strangers: who floods makes room for others. Looked for only while the port is full. */
  #newestOfTheMost(): Guest | undefined {
    let most: ReadonlySet<Guest> = new Set();
    for (const strangers of this.#strangers.values()) if (strangers.size > most.size) most = strangers;
    return [...most].at(-1);
  }

  #putOut(guest: Guest | undefined, why: 'crowded' | 'full'): void {
    if (!guest) return;
    this.counts[why]++;
    this.#forget(keyOf(guest.socket), guest);
    guest.socket.destroy();
  }

  #count(network: string): number {
    return this.#strangers.get(network)?.size ?? 0;
  }

  #add(guest: Guest): void {
    const strangers = this.#strangers.get(guest.network) ?? new Set();
    this.#strangers.set(guest.network, strangers.add(guest));
  }

  #remove(guest: Guest): void {
    const strangers = this.#strangers.get(guest.network);
    strangers?.delete(guest);
    if (strangers?.size === 0) this.#strangers.delete(guest.network);
  }

  #forget(key: string, guest: Guest): void {
    if (this.#guests.get(key) !== guest) return;
    this.#guests.delete(key);
    this.#uncount(guest);
  }

  /** It counts neither as a stranger nor as its account's. */
  #uncount(guest: Guest): void {
    const { account } = guest;
    if (account === undefined) {
      this.#remove(guest);
      return;
    }
    guest.account = undefined;
    const held = (this.#vouched.get(account) ?? 0) - 1;
    if (held > 0) this.#vouched.set(account, held);
    else this.#vouched.delete(account);
  }
}

const keyOf = ({ remoteAddress, remotePort }: Ends): string => `${remoteAddress} ${remotePort}`;
