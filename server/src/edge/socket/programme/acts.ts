import type { ProgrammeService } from '../../../domain/programme/ProgrammeService.ts';
import type { programmeActSchemas as acts } from '../../../protocol/programme.ts';
import type { ActHandlers } from '../channel/types.ts';

export const programmeActs = (programme: ProgrammeService): ActHandlers<keyof typeof acts> => ({
  'programme.set': (actor, ask) => programme.set(actor, ask),
  'programme.item': (actor, { item }) => programme.run(actor, item),
});
