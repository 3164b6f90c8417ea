import { createSocket, type Socket } from 'node:dgram';

/** What a name leads to; of an alias, `owner` is the name that it stands for. */
export interface NameRecord {
  readonly owner?: string;
  readonly type: 'A' | 'AAAA' | 'CNAME';
  readonly value: string;
}

const TYPES = { A: 1, CNAME: 5, AAAA: 28 } as const;
const INTERNET = 1;
/** An answer, the authority's, without an error; and one that says that there is no such name. */
const FOUND = 0x8580;
const NO_NAME = 0x8583;

/** A name server (RFC 1035, over UDP) that answers as the test says, also otherwise the next time. */
export class NameServer {
  /** What was asked: type and name. */
  readonly asked: string[] = [];
  readonly #socket: Socket;
  readonly #times = new Map<string, number>();
  readonly #names = new Map<string, (nth: number) => readonly NameRecord[] | 'silence'>();

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(address: string, port: number): Promise<NameServer> {
    const socket = createSocket('udp4');
    const server = new NameServer(socket);
    socket.on('message', (query, { address: to, port: at }) => {
      const answer = server.#answer(query);
      if (answer) socket.send(answer, at, to);
    });
    await new Promise<void>((done, failed) => socket.once('error', failed).bind(port, address, done));
    return server;
  }

  /** @param records how it answers when it is asked for the `nth` time, from 1 */
  leads(name: string, records: (nth: number) => readonly NameRecord[] | 'silence'): void {
    this.#names.set(name, records);
  }

  close(): Promise<void> {
    return new Promise((done) => this.#socket.close(() => done()));
  }

  #answer(query: Buffer): Buffer | undefined {
    const { name, type, end } = questionOf(query);
    const wanted = type === TYPES.AAAA ? 'AAAA' : 'A';
    this.asked.push(`${wanted} ${name}`);
    const nth = (this.#times.get(`${wanted} ${name}`) ?? 0) + 1;
    this.#times.set(`${wanted} ${name}`, nth);
    const records = this.#names.get(name)?.(nth);
    if (records === 'silence') return undefined;
    const told = (records ?? []).filter((record) => record.type === 'CNAME' || record.type === wanted);
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(records ? FOUND : NO_NAME, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(told.length, 6);
    return Buffer.concat([head, query.subarray(12, end), ...told.map((record) => written(name, record))]);
  }
}

function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** To live for no second, so that it is asked again at once. */
function written(asked: string, { owner = asked, type, value }: NameRecord): Buffer {
  const data = type === 'CNAME' ? nameBytes(value) : type === 'A' ? v4Bytes(value) : v6Bytes(value);
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(TYPES[type], 0);
  fixed.writeUInt16BE(INTERNET, 2);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameBytes(owner), fixed, data]);
}

const nameBytes = (name: string): Buffer =>
  Buffer.concat([...name.split('.').flatMap((label) => [Buffer.of(label.length), Buffer.from(label)]), Buffer.of(0)]);
const v4Bytes = (address: string): Buffer => Buffer.from(address.split('.').map(Number));

/** In groups of hexadecimal digits, as `::ffff:7f00:1`. */
function v6Bytes(address: string): Buffer {
  const [left = [], right = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const groups = [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
