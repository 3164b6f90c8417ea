import { join } from 'node:path';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import { linkUrl } from '../domain/organisation/Accounts.ts';
import { planRoster } from '../domain/organisation/planRoster.ts';
import type { AccountStore, ContactStore, StoredAccount, UnitStore } from '../domain/organisation/ports.ts';
import { hashSecret, newSecret } from '../domain/organisation/secrets.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { SecretFile } from '../lib/SecretFile.ts';
import type { DemoRole } from '../protocol/demo.ts';
import type { Role, UnitCode } from '../protocol/organisation.ts';
import { inLine } from '../protocol/placeName.ts';
import { type NamedUnits, ROOT } from './country.ts';
import { peopleOf } from './people.ts';
import { type DemoTree, type DemoTreeName, demoTrees, treeThere } from './trees.ts';

export interface DemoLink {
  readonly who: string;
  readonly role: DemoRole['role'];
  /** Name of the account. */
  readonly name: string;
  readonly url: string;
  readonly secretHash: Buffer;
}

export interface DemoParts {
  readonly units: Units;
  readonly unitStore: UnitStore;
  readonly accountStore: AccountStore;
  readonly contactStore: ContactStore;
  readonly briefings: Pick<Briefings, 'list' | 'create' | 'act'>;
  readonly publicUrl: string;
  readonly DATA_DIR: string;
  /** Of a country that is not there yet; left out: 63. */
  readonly DEMO_TREE?: DemoTreeName | undefined;
}

/** The moderator whose link is printed runs this province; the three communes lie in it. */
const PROVINCE = '79';

/**
 * The demo organisation: the country, an account for everybody in it, the southern list, a briefing with open doors,
 * and five links to walk in. Each step finds what is there already, so a second start changes nothing and prints the
 * same links. It acts in the name of accounts that it made, and of no other (DE2, DE3).
 */
export async function loadDemo(parts: DemoParts): Promise<DemoLink[]> {
  const { units, unitStore, accountStore, contactStore } = parts;
  const { southern } = await loadCountry(parts);
  await contactStore.addFirst(units.index.units.map(peopleOf));
  await accountStore.createMissing(everybody(units), true);
  const lists = await unitStore.lists();
  if (!lists.some((list) => list.name === southern.name)) await unitStore.saveList({ ...southern, owner: ROOT });
  await openBriefing(parts, southern);
  return printedLinks(parts);
}

/** Only into an empty tree: what an operator imported since stays as it is. */
async function loadCountry({ units, unitStore, DEMO_TREE = '63' }: DemoParts): Promise<DemoTree> {
  const tree = demoTrees[treeThere(units.index) ?? DEMO_TREE];
  if (units.index.units.length > 0) return tree;
  const rows = await tree.rows();
  await unitStore.change((now) => planRoster(now, tree.tiers, now.versions.length === 0 ? rows : []));
  await units.refresh();
  return tree;
}

/** A seat for each base unit, a moderator for each province and for the nation, and the Prime Minister. */
function everybody(units: Units): Omit<StoredAccount, 'id'>[] {
  const { index } = units;
  return [
    { name: 'Thủ tướng Chính phủ', role: 'principal', unit: ROOT },
    { name: 'Ban Điều hành trung ương', role: 'moderator', unit: ROOT },
    ...index
      .children(ROOT)
      .map((p) => ({ name: `Ban Điều hành ${inLine(p.name)}`, role: 'moderator' as const, unit: p.code })),
    ...index.baseUnits([ROOT]).map((c) => ({ name: `UBND ${inLine(c.name)}`, role: 'seat' as const, unit: c.code })),
  ];
}

/** PL30: a demo is shown on whatever machine there is. */
const capacityReason = 'Phiên họp mẫu: chỉ một vài máy vào';

async function openBriefing(
  { briefings, accountStore: accounts, units }: DemoParts,
  southern: NamedUnits,
): Promise<void> {
  const made = await accounts.madeByDemo(ROOT, 'principal');
  if (!made) return;
  const { id, role, unit } = made.account;
  const actor = { id, role, unit: { path: units.get(unit).path } };
  if ((await briefings.list(actor)).some((b) => b.state !== 'closed')) return;
  const briefing = await briefings.create(actor, {
    title: `Giao ban trực tuyến với ${southern.name}`,
    scheduledAt: new Date().toISOString(),
    stage: ROOT,
    scope: { list: southern.name },
    capacityReason,
    agenda: [
      { title: 'Khai mạc', minutes: 5 },
      { title: 'Tình hình dịch bệnh và cung ứng hàng hoá', by: 'Bộ Y tế', minutes: 20 },
      { title: 'Ý kiến của các địa phương', minutes: 40 },
      { title: 'Kết luận, giao nhiệm vụ', minutes: 15 },
    ],
  });
  await briefings.act(actor, briefing.id, 'open', { capacityReason });
}

function printedLinks(parts: DemoParts): Promise<DemoLink[]> {
  const { units } = parts;
  const province = units.get(PROVINCE);
  return linksOf(parts, [
    { who: 'Prime Minister', unit: ROOT, role: 'principal' },
    { who: `moderator of ${province.name}`, unit: PROVINCE, role: 'moderator' },
    ...units.index
      .baseUnits([province.path])
      .slice(0, 3)
      .map((c) => ({ who: `commune ${c.name}`, unit: c.code, role: 'seat' as const })),
  ]);
}

/** For those who join no briefing; also into a demo that was begun without one. @returns their link, unless it was withdrawn */
export async function addOperator(parts: DemoParts): Promise<DemoLink[]> {
  const role = 'operator';
  await parts.accountStore.createMissing([{ name: 'Tổ kỹ thuật trung ương', role, unit: ROOT }], true);
  return linksOf(parts, [{ who: 'operator', unit: ROOT, role }]);
}

async function linksOf(
  { accountStore: accounts, publicUrl, DATA_DIR }: DemoParts,
  people: readonly { who: string; unit: UnitCode; role: DemoRole['role'] }[],
): Promise<DemoLink[]> {
  const secrets = await SecretFile.open(join(DATA_DIR, 'demo-links.json'));
  const links: DemoLink[] = [];
  for (const { who, unit, role } of people) {
    const secret = await demoSecret(accounts, secrets, unit, role);
    const made = secret === undefined ? undefined : await accounts.madeByDemo(unit, role);
    if (secret && made)
      links.push({
        who,
        role,
        name: made.account.name,
        url: linkUrl(publicUrl, secret),
        secretHash: hashSecret(secret),
      });
  }
  return links;
}

/** Of the one link that the demo ever makes for its account [DE2]; undefined when it was withdrawn, or is another's. */
export async function demoSecret(
  accounts: AccountStore,
  secrets: SecretFile,
  unit: UnitCode,
  role: Role,
): Promise<string | undefined> {
  const made = await accounts.madeByDemo(unit, role);
  if (!made) return undefined;
  const { id } = made.account;
  if (!made.linked) {
    const secret = secrets.get(id) ?? newSecret();
    secrets.set(id, secret);
    // First kept, then valid: a start that is killed in between goes on with the same one.
    await secrets.save();
    await accounts.addLink(id, hashSecret(secret));
  }
  const kept = secrets.get(id);
  const link = kept === undefined ? undefined : await accounts.linkBySecret(hashSecret(kept));
  return link && !link.revoked && link.account.id === id ? kept : undefined;
}
