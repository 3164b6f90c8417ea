import { join } from 'node:path';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import { linkUrl } from '../domain/organisation/Accounts.ts';
import { planRoster } from '../domain/organisation/planRoster.ts';
import type { AccountStore, StoredAccount, UnitStore } from '../domain/organisation/ports.ts';
import { hashSecret, newSecret } from '../domain/organisation/secrets.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { SecretFile } from '../lib/SecretFile.ts';
import type { Role, UnitCode } from '../protocol/organisation.ts';
import { countryRows, ROOT, southern, tiers } from './country.ts';

export interface DemoLink {
  readonly who: string;
  readonly url: string;
}

export interface DemoParts {
  readonly units: Units;
  readonly unitStore: UnitStore;
  readonly accountStore: AccountStore;
  readonly briefings: Briefings;
  readonly publicUrl: string;
  readonly DATA_DIR: string;
}

/** The moderator whose link is printed runs this province; the three communes lie in it. */
const PROVINCE = '79';

/**
 * The demo organisation: the country, an account for everybody in it, the southern list, a briefing with open doors,
 * and five links to walk in. Each step finds what is there already, so a second start changes nothing and prints the
 * same links.
 */
export async function loadDemo(parts: DemoParts): Promise<DemoLink[]> {
  const { units, unitStore, accountStore } = parts;
  await loadCountry(units, unitStore);
  await accountStore.createMissing(everybody(units));
  const lists = await unitStore.lists();
  if (!lists.some((list) => list.name === southern.name)) await unitStore.saveList({ ...southern, owner: ROOT });
  await openBriefing(parts);
  return printedLinks(parts);
}

/** Only into an empty tree: what an operator imported since stays as it is. */
async function loadCountry(units: Units, store: UnitStore): Promise<void> {
  if (units.index.units.length > 0) return;
  const rows = await countryRows();
  await store.change((now) => planRoster(now, tiers, now.versions.length === 0 ? rows : []));
  await units.refresh();
}

/** A seat for each commune, a moderator for each province and for the nation, and the Prime Minister. */
function everybody(units: Units): Omit<StoredAccount, 'id'>[] {
  const { index } = units;
  return [
    { name: 'Thủ tướng Chính phủ', role: 'principal', unit: ROOT },
    { name: 'Ban điều hành trung ương', role: 'moderator', unit: ROOT },
    ...index.children(ROOT).map((p) => ({ name: `Ban điều hành ${p.name}`, role: 'moderator' as const, unit: p.code })),
    ...index.lowest([ROOT]).map((c) => ({ name: `UBND ${c.name}`, role: 'seat' as const, unit: c.code })),
  ];
}

async function openBriefing({ briefings, accountStore: accounts, units }: DemoParts): Promise<void> {
  const pm = await accountOf(accounts, ROOT, 'principal');
  const { id, role, unit } = pm;
  const actor = { id, role, unit: { path: units.get(unit).path } };
  if ((await briefings.list(actor)).some((b) => b.state !== 'closed')) return;
  const briefing = await briefings.create(actor, {
    title: 'Giao ban trực tuyến với 19 tỉnh, thành phố phía Nam',
    scheduledAt: new Date().toISOString(),
    stage: ROOT,
    scope: { list: southern.name },
  });
  await briefings.act(actor, briefing.id, 'open');
}

async function printedLinks({ units, accountStore: accounts, publicUrl, DATA_DIR }: DemoParts): Promise<DemoLink[]> {
  const province = units.get(PROVINCE);
  const people: { who: string; unit: UnitCode; role: Role }[] = [
    { who: 'Prime Minister', unit: ROOT, role: 'principal' },
    { who: `moderator of ${province.name}`, unit: PROVINCE, role: 'moderator' },
    ...units.index
      .lowest([province.path])
      .slice(0, 3)
      .map((c) => ({ who: `commune ${c.name}`, unit: c.code, role: 'seat' as const })),
  ];
  const secrets = await SecretFile.open(join(DATA_DIR, 'demo-links.json'));
  const links: DemoLink[] = [];
  for (const { who, unit, role } of people) {
    const account = await accountOf(accounts, unit, role);
    links.push({ who, url: linkUrl(publicUrl, await validSecret(accounts, account.id, secrets)) });
  }
  await secrets.save();
  return links;
}

/** The secret of the last start, or a new one when its link was withdrawn or belongs to another database. */
async function validSecret(accounts: AccountStore, account: string, secrets: SecretFile): Promise<string> {
  const kept = secrets.get(account);
  const link = kept === undefined ? undefined : await accounts.linkBySecret(hashSecret(kept));
  if (kept !== undefined && link && !link.revoked && link.account.id === account) return kept;
  const secret = newSecret();
  await accounts.addLink(account, hashSecret(secret));
  secrets.set(account, secret);
  return secret;
}

async function accountOf(accounts: AccountStore, unit: UnitCode, role: Role): Promise<StoredAccount> {
  const found = (await accounts.ofUnit(unit)).find(({ account }) => account.role === role);
  if (!found) throw new Error(`the demo organisation has no ${role} in ${unit}: empty DATA_DIR and start again`);
  return found.account;
}
