import { identityOf } from '../../server/src/domain/briefing/identity.ts';
import { planRoster } from '../../server/src/domain/organisation/planRoster.ts';
import { hashSecret, newId, newSecret } from '../../server/src/domain/organisation/secrets.ts';
import { migrate } from '../../server/src/store/postgres/base/migrate.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../server/src/store/postgres/organisation/PgAccounts.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';

/** A device that is signed in. */
export interface SignedIn {
  readonly unit: string;
  readonly token: string;
  readonly identity: string;
}

export interface Country {
  readonly principal: SignedIn;
  readonly seats: readonly SignedIn[];
}

const PROVINCES = 34;
const ROOT = 'vn';
const tiers = [
  { id: 'nation', rank: 0, name: 'Quốc gia', nameEn: 'Nation' },
  { id: 'province', rank: 1, name: 'Tỉnh', nameEn: 'Province' },
  { id: 'commune', rank: 2, name: 'Xã', nameEn: 'Commune' },
];

/** Fills an empty database with a country of so many communes, each with a seat that is signed in, and a principal. */
export async function foundCountry(databaseUrl: string, communes: number): Promise<Country> {
  await migrate(databaseUrl);
  const postgres = await Postgres.create(databaseUrl, () => undefined, 2);
  try {
    const rows = [
      { code: ROOT, parent: null, tier: 'nation', name: 'Việt Nam' },
      ...Array.from({ length: PROVINCES }, (_, i) => {
        return { code: `p${i}`, parent: ROOT, tier: 'province', name: `Tỉnh ${i}` };
      }),
      ...Array.from({ length: communes }, (_, i) => {
        return { code: `c${i}`, parent: `p${i % PROVINCES}`, tier: 'commune', name: `Xã ${i}` };
      }),
    ].map((row, i) => ({ ...row, line: i + 1, validFrom: '2025-07-01', validTo: null }));
    await new PgUnits(postgres).change((now) => planRoster(now, tiers, rows));
    await new PgAccounts(postgres).createMissing([
      { name: 'Thủ tướng Chính phủ', role: 'principal', unit: ROOT },
      ...Array.from({ length: communes }, (_, i) => ({ name: `UBND xã ${i}`, role: 'seat' as const, unit: `c${i}` })),
    ]);
    const accounts = await postgres.query<Account>('SELECT id, unit FROM accounts ORDER BY unit');
    const devices = await signIn(postgres, accounts);
    const principal = devices.find((device) => device.unit === ROOT);
    if (!principal) throw new Error('the country has no principal');
    return { principal, seats: devices.filter((device) => device !== principal) };
  } finally {
    await postgres.close();
  }
}

/** So many moderators of the country, each signed in at a device. */
export async function addModerators(postgres: Postgres, count: number): Promise<SignedIn[]> {
  const named = Array.from({ length: count }, (_, i) => ({ name: `Ban Điều hành ${i}`, role: 'moderator' as const }));
  await new PgAccounts(postgres).createMissing(named.map((one) => ({ ...one, unit: ROOT })));
  return signIn(postgres, await postgres.query<Account>(`SELECT id, unit FROM accounts WHERE role = 'moderator'`));
}

interface Account {
  readonly id: string;
  readonly unit: string;
}

/** A session for each of them. */
async function signIn(postgres: Postgres, accounts: readonly Account[]): Promise<SignedIn[]> {
  const sessions = accounts.map(({ id, unit }) => ({
    account: id,
    unit,
    id: newId(),
    secret: newSecret(),
    device: newId(),
  }));
  await postgres.query(
    `INSERT INTO sessions (id, secret_hash, account, device, expires_at)
     SELECT s.*, clock_timestamp() + interval '1 day' FROM unnest($1::text[], $2::bytea[], $3::uuid[], $4::text[]) s`,
    [
      sessions.map((s) => s.id),
      sessions.map((s) => hashSecret(s.secret)),
      sessions.map((s) => s.account),
      sessions.map((s) => s.device),
    ],
  );
  return sessions.map(({ account, unit, id, secret, device }) => {
    const whose = { id: account, unit: { code: unit } } as Parameters<typeof identityOf>[0]['account'];
    return { unit, token: `${id}.${secret}`, identity: identityOf({ account: whose, device }) };
  });
}
