import { RecordRoom, TRY_EVERY_MS } from '../domain/record/RecordRoom.ts';
import { RecordNotices } from '../edge/socket/record/RecordNotices.ts';
import { FINE, warning } from '../observability/Conditions.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { tryRoom } from '../store/postgres/record/tryRoom.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

/** SV16: what becomes of a node when the disk of the record is full: it says so everywhere, and goes on. */
export function composeRecordRoom({ logger }: Pick<Base, 'logger'>, { postgres }: { readonly postgres: Postgres }) {
  const recordRoom = new RecordRoom({ try: () => tryRoom(postgres) });
  postgres.unwritable = () => recordRoom.refused();
  recordRoom.on('changed', (writable) => {
    if (writable) logger.info('the record can be written again');
    else logger.error('the disk of the record is full: acts are refused until there is room; who watches goes on');
  });
  const condition = {
    name: 'record-unwritable',
    look: () =>
      recordRoom.isWritable
        ? FINE
        : warning('the disk of the database is full: acts are refused, watching and joining go on; make room there'),
  };
  const part = {
    name: 'room for the record',
    notices: (channel) => new RecordNotices(channel, recordRoom),
    sweeps: [{ name: 'room for the record', everyMs: TRY_EVERY_MS, run: () => recordRoom.look() }],
  } satisfies Part;
  return { recordRoom, part, conditions: [condition] };
}
