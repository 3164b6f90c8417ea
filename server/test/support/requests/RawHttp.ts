import { Agent, request, validateHeaderName, validateHeaderValue } from 'node:http';
import { within } from '../until.ts';

const PATIENCE_MS = 20_000;
/** Headers that frame a message: the stranger's wishes about these are tried at the parser of Node by its authors. */
const FRAMING = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** A node that is asked for too much at once says so; any other fault is its own. */
const BUSY = /"reason":"busy"/;

/** Sends requests that a client library would not, and looks at nothing but faults of the server. */
export class RawHttp {
  readonly #url: string;
  #agent = new Agent({ keepAlive: true, maxSockets: 4 });

  constructor(url: string) {
    this.#url = url;
  }

  /** @throws Error when the server does not answer, or names itself the culprit */
  async send(data: Buffer): Promise<void> {
    const parsed = parse(data);
    if (!parsed) return;
    const { status, text } = await within(
      `${parsed.method} ${parsed.path} is answered`,
      this.#ask(parsed),
      PATIENCE_MS,
    );
    if (status >= 500 && !BUSY.test(text)) throw new Error(`${parsed.method} ${parsed.path}: ${status} ${text}`);
  }

  hangUp(): void {
    this.#agent.destroy();
    this.#agent = new Agent({ keepAlive: true, maxSockets: 4 });
  }

  #ask({ method, path, headers, body }: Parsed): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const asked = request(this.#url + path, { method, agent: this.#agent, headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          if (text.length < 2_000) text += chunk.toString('latin1');
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
        // A body that is refused may end with its connection.
        response.once('error', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      asked.once('error', (error: NodeJS.ErrnoException) => {
        if (['ECONNRESET', 'EPIPE', 'HPE_INVALID_CONSTANT'].includes(error.code ?? ''))
          resolve({ status: 0, text: '' });
        else reject(error);
      });
      asked.end(body);
    });
  }
}

interface Parsed {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** undefined: nothing that could be sent by HTTP. */
function parse(data: Buffer): Parsed | undefined {
  const empty = data.indexOf('\n\n');
  const head = (empty < 0 ? data : data.subarray(0, empty)).toString('latin1').split('\n');
  const body = empty < 0 ? Buffer.alloc(0) : data.subarray(empty + 2);
  const [, method, path] = /^(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) (\/[!-~]*)$/.exec(head[0] ?? '') ?? [];
  if (!method || !path) return undefined;
  const headers: Record<string, string> = { 'content-length': String(body.length) };
  for (const line of head.slice(1)) {
    const at = line.indexOf(':');
    const [name, value] = [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()];
    if (at > 0 && !FRAMING.has(name) && isHeader(name, value)) headers[name] = value;
  }
  return { method, path, headers, body };
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
