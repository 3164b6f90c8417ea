import { ServerInfo } from '@livekit/protocol';

/**
 * The LiveKit server whose behaviour this is. Clients switch features by it: 1.8.0 and newer has RPC; above 1.13.6
 * browsers publish VP9 in a way that is not taken here.
 */
export const livekitVersion = '1.13.5';
export const livekitProtocol = 17;

export const serverInfo = (region: string, nodeId: string): ServerInfo =>
  new ServerInfo({ version: livekitVersion, protocol: livekitProtocol, region, nodeId });
