import type { Config } from '../config.ts';
import { trustedProxy } from '../edge/http/clientAddress.ts';
import { ConnectionCaps } from '../edge/sharedPort/index.ts';
import { addressList } from '../lib/addressList.ts';

/** How many connections each port holds; the public one knows who has signed in, and who is behind a proxy. */
export function composeCaps(config: Config) {
  const except = addressList(config.CONNECTIONS_EXCEPT);
  const isProxy = trustedProxy(config.TRUST_PROXY);
  const limits = { perNetwork: config.CONNECTIONS_PER_ADDRESS, total: config.CONNECTIONS };
  const make = () => new ConnectionCaps({ ...limits, isExcepted: (address) => except(address) || isProxy(address, 0) });
  return { public: make(), internal: make(), media: make() };
}

export type Caps = ReturnType<typeof composeCaps>;
