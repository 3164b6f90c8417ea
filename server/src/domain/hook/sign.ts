import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

export const newHookSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64')}`;

/**
 * WH7: the headers of Standard Webhooks 1.0.0.
 * @param secrets `whsec_…`; each signs
 * @param at seconds since 1970
 */
export function signatureHeaders(
  secrets: readonly string[],
  { event, body }: { readonly event: string; readonly body: string },
  at: number,
): Record<string, string> {
  const signed = `${event}.${at}.${body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  });
  return { 'webhook-id': event, 'webhook-timestamp': String(at), 'webhook-signature': signatures.join(' ') };
}
