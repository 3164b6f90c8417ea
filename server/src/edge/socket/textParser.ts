import { Decoder, type Packet } from 'socket.io-parser';

/**
 * socket.io's own format, written without looking for bytes in every object first: notices and answers are JSON, and thousands of receipts
 * leave in the same second.
 */
class Encoder {
  encode({ type, nsp, id, data }: Packet): string[] {
    const namespace = nsp && nsp !== '/' ? `${nsp},` : '';
    return [`${type}${namespace}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`];
  }
}

export const textParser = { Encoder, Decoder };
