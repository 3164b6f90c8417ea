import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Quotas } from '../../../lib/Quotas.ts';
import { READER_DAYS, READS } from '../../../protocol/limits.ts';
import { KEY_GUESSES } from '../limits.ts';
import { newSourceKey } from '../SourceKeys.ts';
import { hashOfReaderKey, newReaderKey, ReaderKeys } from './ReaderKeys.ts';
import { demandGrantable, demandKeyReads } from './readerRights.ts';

const NOW = Date.parse('2026-12-02T00:00:00.000Z');
const until = '2027-01-01T00:00:00.000Z';
const gso = { code: 'gso', name: 'GSO', root: '79', indicators: ['beds-free'], until };

/** One key that reads, and how often the store was asked. */
function world() {
  const key = newReaderKey();
  const state = { asked: 0, withdrawn: false, now: NOW };
  const keys = new ReaderKeys({
    store: {
      reader: async (hash) => {
        state.asked += 1;
        return hash.equals(hashOfReaderKey(key)) ? { ...gso, withdrawn: state.withdrawn } : undefined;
      },
    },
    quotas: new Quotas(),
    now: () => state.now,
  });
  const enter = (as: string | undefined, address = '192.0.2.1') =>
    keys.enter(as, address).then(
      ({ code }) => code,
      ({ reason, message }) => `${reason}: ${message}`,
    );
  return { key, state, enter };
}

test('FG185 a key reads until it is withdrawn or over, and each refusal says which of them it is', async () => {
  const { key, state, enter } = world();
  assert.equal(await enter(key), 'gso');
  assert.match(await enter(undefined), /^unauthenticated: this is no key that reads/);
  assert.match(await enter(newSourceKey()), /^unauthenticated: this is no key that reads/);
  state.now = Date.parse(until);
  assert.equal(await enter(key), `unauthenticated: this key was good until ${until}`);
  state.now = NOW;
  state.withdrawn = true;
  assert.equal(await enter(key), 'unauthenticated: this key was withdrawn');
});

test('FG186 each read counts for its key, before the store is asked; guesses count for their network', async () => {
  const { key, state, enter } = world();
  for (let i = 0; i < 2 * READS.burst && (await enter(key)) === 'gso'; i += 1);
  const { asked } = state;
  assert.match(await enter(key), /^rate-limited/);
  assert.equal(state.asked, asked);
  const guesses = await Promise.all(
    Array.from({ length: 2 * KEY_GUESSES.burst }, () => enter(newReaderKey(), '198.51.100.1')),
  );
  assert.ok(guesses.some((each) => each.startsWith('rate-limited')));
});

test('FG187 a key reads what is listed, in its territory, and nothing that is for fewer by now', () => {
  const of = (code: string, unit: string, seenBy?: number, root: string | null = 'vn.79') => {
    try {
      demandKeyReads(gso, { root: root ?? undefined, indicator: { code, seenBy }, unit });
      return 'read';
    } catch (error) {
      return (error as { reason: string }).reason;
    }
  };
  assert.equal(of('beds-free', 'vn.79'), 'read');
  assert.equal(of('beds-free', 'vn.79.26734', 2), 'read');
  assert.equal(of('cases', 'vn.79'), 'forbidden');
  assert.equal(of('beds-free', 'vn.79', 1), 'forbidden');
  assert.equal(of('beds-free', 'vn.79', undefined, null), 'forbidden');
  for (const unit of ['vn', 'vn.01', 'vn.790', '']) assert.equal(of('beds-free', unit), 'outside-territory', unit);
});

test('FG185 no key is made for what its territory may not see, nor for ever', () => {
  const make = (end: string, seenBy?: number, code = 'beds-free') => {
    try {
      const defined = new Map([['beds-free', { code: 'beds-free', seenBy }]]);
      demandGrantable({ indicators: [code], until: end }, defined, { root: 'vn.79', now: NOW });
      return 'made';
    } catch (error) {
      return (error as { reason: string }).reason;
    }
  };
  assert.equal(make(until), 'made');
  assert.equal(make(until, 2), 'made');
  assert.equal(make(until, 1), 'forbidden');
  assert.equal(make(until, undefined, 'cases'), 'not-found');
  assert.equal(make('2026-12-01T00:00:00.000Z'), 'bad-request');
  assert.equal(make(new Date(NOW + (READER_DAYS + 1) * 86_400_000).toISOString()), 'bad-request');
});
