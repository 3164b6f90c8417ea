import type { TestContext } from 'node:test';
import { parseSfuConfig, type SfuConfigInput } from '@dieu-hanh/sfu-config';
import { Sfu, type SfuOptions } from '../../src/media/sfu/index.ts';
import type { DtlsRole, SfuPeer, SfuRoom, TransportRole } from '../../src/media/sfu/types.ts';
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

export async function join(
  t: TestContext,
  room: SfuRoom,
  id: string,
  which: { publisher?: boolean; subscriber?: boolean; dataOn?: TransportRole; dtls?: DtlsRole; near?: SfuPeer } = {},
): Promise<NativePeer> {
  const { publisher = false, subscriber = true } = which;
  const dataOn = which.dataOn ?? (publisher ? 'publisher' : 'subscriber');
  const peer = await room.createPeer({ id, publisher, subscriber, dataOn, near: which.near });
  const native = new NativePeer(peer, which.dtls);
  t.after(() => native.close());
  return native;
}
