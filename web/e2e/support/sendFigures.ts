import { expect } from '@playwright/test';
import type { Server } from './Server.ts';

export interface SentFigure {
  readonly indicator: string;
  readonly unit: string;
  /** A moment, ISO 8601. */
  readonly period: string;
  readonly value: number | string;
}

/** Sends figures as a platform does. @param key of their source @returns the receipt, as the interface has it */
// biome-ignore lint/suspicious/noExplicitAny: what is said of a batch is looked at by each story
export async function sendFigures(server: Server, key: string, rows: readonly SentFigure[]): Promise<any> {
  const answer = await fetch(`${server.url}/api/figures/batches?key=${crypto.randomUUID()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body: rows.map((row) => JSON.stringify(row)).join('\n'),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer.json();
}
