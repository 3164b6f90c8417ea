import type { TestContext } from 'node:test';
import { parseSfuConfig, type SfuConfigInput } from '@dieu-hanh/sfu-config';
import { Sfu, type SfuOptions } from '../../src/media/sfu/index.ts';
import type { SfuRoom } from '../../src/media/sfu/types.ts';
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
  which: { publisher?: boolean; subscriber?: boolean } = {},
): Promise<NativePeer> {
  const peer = await room.createPeer({ id, publisher: which.publisher ?? false, subscriber: which.subscriber ?? true });
  const native = new NativePeer(peer);
  t.after(() => native.close());
  return native;
}
