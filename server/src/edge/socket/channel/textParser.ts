import type { Packet } from 'socket.io-parser';
import { JsonText } from '../../../lib/JsonText.ts';
import { DeviceDecoder } from './DeviceDecoder.ts';

/**
 * socket.io's own format, written without looking for bytes in every object first: notices and answers are JSON, and
 * thousands of receipts leave in the same second.
 */
class Encoder {
  encode({ type, nsp, id, data }: Packet): string[] {
    const namespace = nsp && nsp !== '/' ? `${nsp},` : '';
    return [`${type}${namespace}${id ?? ''}${data === undefined ? '' : write(data)}`];
  }
}

/** @param data what an event or an acknowledgement carries */
function write(data: unknown): string {
  const [first, second] = Array.isArray(data) ? data : [];
  return first instanceof JsonText && second === undefined ? `[${first.text}]` : JSON.stringify(data);
}

export const textParser = { Encoder, Decoder: DeviceDecoder };
