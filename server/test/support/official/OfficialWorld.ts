import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { planRoster } from '../../../src/domain/organisation/planRoster.ts';
import type { StoredAccount } from '../../../src/domain/organisation/ports.ts';
import { parseRoster } from '../../../src/domain/organisation/rosterCsv.ts';
import { Units } from '../../../src/domain/organisation/Units.ts';
import { applyMigrations } from '../../../src/store/postgres/base/migrate.ts';
import { migrationNames } from '../../../src/store/postgres/base/migrationFiles.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgBriefings } from '../../../src/store/postgres/briefing/PgBriefings.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import { openAsServer } from '../serverOf.ts';

const ROSTER = `code,parent,tier,name,valid_from,valid_to
vn,,nation,Việt Nam,1900-01-01,
79,vn,province,Thành phố Hồ Chí Minh,1900-01-01,
10001,79,commune,Phường Một,1900-01-01,
10002,79,commune,Phường Hai,1900-01-01,
10003,79,commune,Xã Ba,1900-01-01,
`;
const TIERS = [
  { id: 'nation', rank: 0, name: 'Trung ương', nameEn: 'Nation' },
  { id: 'province', rank: 1, name: 'Tỉnh', nameEn: 'Province' },
  { id: 'commune', rank: 2, name: 'Xã', nameEn: 'Commune' },
];

/** A small country with people, and a database that saw acts before there were seals: the ground on which the areas make their records. */
export class OfficialWorld {
  readonly postgres: Postgres;
  /** The database as its owner has it. */
  readonly ownerUrl: string;
  readonly units: Units;
  readonly pm: StoredAccount;
  readonly moderator: StoredAccount;
  /** One of each commune: 10001, 10002, 10003. */
  readonly seats: readonly StoredAccount[];

  private constructor(parts: Pick<OfficialWorld, 'postgres' | 'ownerUrl' | 'units' | 'pm' | 'moderator' | 'seats'>) {
    this.postgres = parts.postgres;
    this.ownerUrl = parts.ownerUrl;
    this.units = parts.units;
    this.pm = parts.pm;
    this.moderator = parts.moderator;
    this.seats = parts.seats;
  }

  /** @param databaseUrl an empty database, or one in which such a world was made (`TEST_WORLD`) */
  static async create(databaseUrl: string): Promise<OfficialWorld> {
    const owner = await Postgres.create(databaseUrl, () => undefined, 2);
    await OfficialWorld.#make(owner).finally(() => owner.close());
    const postgres = await openAsServer(databaseUrl, 4);
    return new OfficialWorld({
      postgres,
      ownerUrl: databaseUrl,
      units: await Units.create(new PgUnits(postgres)),
      ...(await peopleIn(postgres)),
    });
  }

  /** As a version of before seals left it, unless it is there. */
  static async #make(owner: Postgres): Promise<void> {
    const [made] = await owner.query<{ is: boolean }>(`SELECT to_regclass('public.accounts') IS NOT NULL AS is`);
    if (made?.is) return;
    const names = await migrationNames();
    await owner.transaction((sql) =>
      applyMigrations(
        sql,
        names.filter((name) => name < '0020'),
      ),
    );
    await OfficialWorld.beforeSeals(owner);
  }

  /** The country and its first acts, as the versions before seals wrote them. @param postgres at such a version */
  static async beforeSeals(postgres: Postgres): Promise<Pick<OfficialWorld, 'pm' | 'moderator' | 'seats'>> {
    await writeCountry(postgres);
    const pm = await makeAccount(postgres, { name: 'Thủ tướng', role: 'principal', unit: 'vn' });
    const moderator = await makeAccount(postgres, { name: 'Điều phối', role: 'moderator', unit: '79' });
    const seats: StoredAccount[] = [];
    for (const unit of ['10001', '10002', '10003'])
      seats.push(await makeAccount(postgres, { name: `Chủ tịch ${unit}`, role: 'seat', unit }));
    await actBeforeSeals(postgres, pm.id);
    return { pm, moderator, seats };
  }

  get briefings(): PgBriefings {
    return new PgBriefings(this.postgres);
  }

  /** A live briefing of the whole country, with who is expected. @returns its id */
  async liveBriefing(): Promise<string> {
    const expected = this.units.index.baseUnits(['vn']);
    const { id } = await this.briefings.create({
      title: 'Họp phòng, chống dịch',
      scheduledAt: '2026-09-02T01:00:00.000Z',
      stage: 'vn',
      scope: ['vn'],
      expected: expected.length,
      agenda: [{ title: 'Khai mạc', minutes: 5 }],
      createdBy: this.pm.id,
    });
    await this.briefings.advance({ id, epoch: 1, act: 'open', account: this.pm.id, expected });
    await this.briefings.advance({ id, epoch: 2, act: 'live', account: this.pm.id });
    return id;
  }

  close(): Promise<void> {
    return this.postgres.close();
  }
}

/** Those whom `beforeSeals` made. */
async function peopleIn(postgres: Postgres): Promise<Pick<OfficialWorld, 'pm' | 'moderator' | 'seats'>> {
  const all = await postgres.query<StoredAccount & Record<string, unknown>>(
    'SELECT id, name, role, unit FROM accounts ORDER BY unit',
  );
  const [pm, moderator] = ['principal', 'moderator'].map((role) => all.find((account) => account.role === role));
  assert.ok(pm && moderator);
  return { pm, moderator, seats: all.filter(({ role }) => role === 'seat') };
}

/** With the columns that the first version had. */
async function makeAccount(
  postgres: Postgres,
  { name, role, unit }: Omit<StoredAccount, 'id'>,
): Promise<StoredAccount> {
  const [made] = await postgres.query<StoredAccount & Record<string, unknown>>(
    'INSERT INTO accounts (name, role, unit) VALUES ($1, $2, $3) RETURNING id, name, role, unit',
    [name, role, unit],
  );
  assert.ok(made);
  return made;
}

/** Likewise. */
async function writeCountry(postgres: Postgres): Promise<void> {
  const { tiers, added } = planRoster({ tiers: [], versions: [] }, TIERS, parseRoster(ROSTER));
  for (const { id, rank, name, nameEn } of tiers)
    await postgres.query('INSERT INTO tiers (id, rank, name, name_en) VALUES ($1, $2, $3, $4)', [
      id,
      rank,
      name,
      nameEn,
    ]);
  for (const { code, parent, path, tier, name, validFrom } of added) {
    await postgres.query('INSERT INTO units (code) VALUES ($1)', [code]);
    await postgres.query(
      'INSERT INTO unit_versions (code, parent, path, tier, name, valid_from) VALUES ($1, $2, $3, $4, $5, $6)',
      [code, parent, path, tier, name, validFrom],
    );
  }
  await postgres.query('UPDATE roster_version SET version = version + 1');
}

/** As the first versions recorded it. */
async function actBeforeSeals(postgres: Postgres, account: string): Promise<void> {
  const id = randomUUID();
  await postgres.query(
    `INSERT INTO briefings (id, title, state, stage, scope, scheduled_at, opened_at, epoch, expected, created_by)
     VALUES ($1, 'Trước niêm phong', 'open', 'vn', '{vn}', now(), now(), 2, 3, $2)`,
    [id, account],
  );
  await postgres.query(
    `INSERT INTO briefing_acts (briefing, epoch, act, account) VALUES ($1, 1, 'schedule', $2), ($1, 2, 'open', $2)`,
    [id, account],
  );
  await postgres.query('INSERT INTO floors (briefing, seq) VALUES ($1, 1)', [id]);
  await postgres.query(
    `INSERT INTO floor_acts (briefing, seq, at, act, account, changes)
     VALUES ($1, 1, now(), 'mute', $2, '[{"kind": "mute", "identity": "10001.x", "muted": true}]')`,
    [id, account],
  );
  await postgres.query(`INSERT INTO floor_devices (briefing, identity, muted) VALUES ($1, '10001.x', true)`, [id]);
}
