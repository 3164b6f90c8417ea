/** placeholder until hall lands */
export const ownKeys = { key: 'conformance', secret: 'a conformance secret of 32 characters' };
export class OwnServer {
  readonly url = '';
  readonly key = '';
  readonly secret = '';
  static async start(_options: { webhookUrls?: readonly string[] }): Promise<OwnServer> {
    throw new Error('set CONFORMANCE_URL');
  }
  async close(): Promise<void> {}
}
