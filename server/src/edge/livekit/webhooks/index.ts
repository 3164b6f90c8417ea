export { Webhooks, type WebhooksOptions } from './Webhooks.ts';
