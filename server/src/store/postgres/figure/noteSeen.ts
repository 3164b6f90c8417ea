import type { SeenFrame, SeenIn } from '../../../domain/figure/stage/StageFrames.ts';
import type { Sql } from '../base/Postgres.ts';
import type { Batch } from '../record/sealed.ts';

/** Nobody shows anything: for whoever only reads. */
export const nothingSeen: SeenIn = () => undefined;

interface SeenAct {
  readonly act: 'selection' | 'call' | 'round' | 'directive' | 'contest';
  readonly subject: string;
  readonly briefing: string;
}

/** FG103: beside an act, in its transaction and under its seal, what of figures all had before them. */
export async function noteSeen(
  sql: Sql,
  batch: Batch,
  frame: SeenFrame | undefined,
  { act, subject, briefing }: SeenAct,
): Promise<void> {
  if (!frame) return;
  const { version, n, sha256, bytes } = frame;
  await keepFrameBytes(sql, sha256, bytes);
  const second = await secondOf(sql, briefing, batch.at);
  await batch.insert('figure_seen_acts', [
    { at: batch.at, act, subject, briefing, second, version, n, content: sha256 },
  ]);
}

/** Since it is live, as far as it went; null: it was not. */
export async function secondOf(sql: Sql, briefing: string, at: string): Promise<number | null> {
  const [live] = await sql.query<{ second: number | null }>(
    `SELECT greatest(0, floor(extract(epoch FROM least($2::timestamptz, closed_at) - live_at)))::int AS second
     FROM briefings WHERE id = $1 AND live_at IS NOT NULL`,
    [briefing, at],
  );
  return live?.second ?? null;
}

/** AU5: once, however often it was seen. */
export async function keepFrameBytes(sql: Sql, sha256: string, bytes: Buffer | null): Promise<void> {
  if (!bytes) return;
  await sql.query('INSERT INTO figure_stage_bytes (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    ...[sha256, bytes],
  ]);
}
