import type { EntryService, Recorded } from '../../../domain/rollcall/EntryService.ts';
import type { RoundReader } from '../../../domain/rollcall/RoundReader.ts';
import type { RoundService } from '../../../domain/rollcall/RoundService.ts';
import { JsonText } from '../../../lib/JsonText.ts';
import type { Entered } from '../../../protocol/rollcall.ts';
import type { rollcallActSchemas as acts } from '../../../protocol/rollcallChannel.ts';
import type { ActHandlers } from '../channel/types.ts';

export interface RollcallActParts {
  readonly rounds: RoundService;
  readonly entries: EntryService;
  readonly reader: RoundReader;
}

/** Thousands of these leave in a second, and whoever gets one checks it by its schema. */
const written = ({ entry, receipt, first, numberReceipt }: Recorded): JsonText<Entered> => {
  const more = numberReceipt ? `,"number":{"receipt":${numberReceipt.text}}` : '';
  return new JsonText(`{"entry":${JSON.stringify(entry)},"receipt":${receipt.text},"first":${first}${more}}`);
};

/** One line for each act: what the wire calls it, and who does it. */
export const rollcallActs = ({ rounds, entries, reader }: RollcallActParts): ActHandlers<keyof typeof acts> => ({
  'round.open': (actor, ask) => rounds.open(actor, ask),
  'round.extend': (actor, ask) => rounds.extend(actor, ask),
  'round.close': (actor, ask) => rounds.close(actor, ask),
  'round.reopen': (actor, ask) => rounds.reopen(actor, ask),
  'round.answer': (actor, ask) => entries.answer(actor, ask).then(written),
  'round.enter': (actor, ask) => entries.enter(actor, ask).then(written),
  'round.entries': (actor, query) => reader.entries(actor, query),
  'round.wall': (actor, query) => reader.wall(actor, query),
  'round.numbers': (actor, query) => reader.numbers(actor, query),
  'round.expected': (actor, query) => reader.expected(actor, query),
});
