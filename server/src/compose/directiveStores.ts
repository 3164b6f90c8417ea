import type { AttachmentStore, DirectiveStore, ReminderStore } from '../domain/directive/ports.ts';
import type { SeenIn } from '../domain/figure/stage/StageFrames.ts';
import type { UnitCode } from '../protocol/organisation.ts';
import { presentUnits } from '../store/postgres/attendance/presentUnits.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgBriefings } from '../store/postgres/briefing/PgBriefings.ts';
import { PgAttachments } from '../store/postgres/directive/PgAttachments.ts';
import { PgDirectives } from '../store/postgres/directive/PgDirectives.ts';
import { PgReminders } from '../store/postgres/directive/PgReminders.ts';

/** Where directives are kept, and what they ask of what others keep. */
export interface DirectiveStores {
  readonly directives: DirectiveStore;
  readonly files: AttachmentStore;
  readonly reminders: ReminderStore;
  /** Units that a briefing expects. */
  readonly expected: (briefing: string) => Promise<readonly { readonly code: UnitCode }[]>;
  /** Units with a device in it at any node, as of about a second ago. */
  readonly present: (briefing: string) => Promise<ReadonlySet<UnitCode>>;
}

/** @param seen FG103: what of figures all have before them */
export function directiveStores(postgres: Postgres, seen: SeenIn): DirectiveStores {
  const briefings = new PgBriefings(postgres);
  return {
    directives: new PgDirectives(postgres, seen),
    files: new PgAttachments(postgres),
    reminders: new PgReminders(postgres),
    expected: (briefing) => briefings.expected(briefing),
    present: (briefing) => presentUnits(postgres, briefing),
  };
}
