import type { TestContext } from 'node:test';
import { parseSfuConfig, type SfuConfigInput } from '@dieu-hanh/sfu-config';
import { Sfu, type SfuOptions } from '../../src/media/sfu/index.ts';
import type { DtlsRole, KnownLine, SfuPeer, SfuRoom, TransportRole } from '../../src/media/sfu/types.ts';
import { NativePeer } from './NativePeer.ts';

/** A real SFU on free ports, closed with the test. The worker binary is the one of the environment. */
export async function startSfu(
  t: TestContext,
  options: Partial<Omit<SfuOptions, 'config'>> & { settings?: SfuConfigInput } = {},
): Promise<Sfu> {
  const { settings, ...rest } = options;
  const sfu = await Sfu.create({
    config: parseSfuConfig(settings ?? {}),
    workers: 2,
    listenIp: '127.0.0.1',
    port: 0,
    ...rest,
  });
  t.after(() => sfu.close());
  return sfu;
}

interface Which {
  readonly publisher?: boolean;
  readonly subscriber?: boolean;
  readonly dataOn?: TransportRole;
  readonly dtls?: DtlsRole;
  readonly near?: SfuPeer;
  readonly line?: KnownLine;
}

export async function join(t: TestContext, room: SfuRoom, id: string, which: Which = {}): Promise<NativePeer> {
  const { publisher = false, subscriber = true } = which;
  const dataOn = which.dataOn ?? (publisher ? 'publisher' : 'subscriber');
  const { near, line } = which;
  const peer = await room.createPeer({ id, publisher, subscriber, dataOn, near, line });
  const native = new NativePeer(peer, which.dtls);
  t.after(() => native.close());
  return native;
}
