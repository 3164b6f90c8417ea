import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { accountNewsTopic, endedSessionsTopic } from '../cluster/topics/organisation.ts';
import { AccountDesk } from '../domain/organisation/AccountDesk.ts';
import { AccountNews } from '../domain/organisation/AccountNews.ts';
import { Accounts } from '../domain/organisation/Accounts.ts';
import { BoundedHasher } from '../domain/organisation/BoundedHasher.ts';
import { CodeSignIn } from '../domain/organisation/CodeSignIn.ts';
import { CodeTries } from '../domain/organisation/CodeTries.ts';
import { ContactBook } from '../domain/organisation/ContactBook.ts';
import { codeHashesBy } from '../domain/organisation/codeHashes.ts';
import { EndedSessions } from '../domain/organisation/EndedSessions.ts';
import { Lists } from '../domain/organisation/Lists.ts';
import { PasswordLinks } from '../domain/organisation/PasswordLinks.ts';
import { RosterDesk } from '../domain/organisation/RosterDesk.ts';
import { Sessions } from '../domain/organisation/Sessions.ts';
import { SignIn } from '../domain/organisation/SignIn.ts';
import { Units } from '../domain/organisation/Units.ts';
import { contactRoutes } from '../edge/http/organisation/contactRoutes.ts';
import { installationRoutes } from '../edge/http/organisation/installationRoutes.ts';
import { peopleRoutes } from '../edge/http/organisation/peopleRoutes.ts';
import { rosterRoutes } from '../edge/http/organisation/rosterRoutes.ts';
import { accountRoutes, listRoutes, unitRoutes } from '../edge/http/organisation/routes.ts';
import { sessionRoutes } from '../edge/http/organisation/sessionRoutes.ts';
import type { ChannelContext } from '../edge/socket/channel/types.ts';
import { AccountNotices } from '../edge/socket/organisation/AccountNotices.ts';
import { argon2Hasher } from '../lib/argon2Hasher.ts';
import { systemClock } from '../lib/clock.ts';
import type { SecurityLog } from '../observability/SecurityEvents.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgAccountDesk } from '../store/postgres/organisation/PgAccountDesk.ts';
import { PgAccountNews } from '../store/postgres/organisation/PgAccountNews.ts';
import { PgAccounts } from '../store/postgres/organisation/PgAccounts.ts';
import { PgContacts } from '../store/postgres/organisation/PgContacts.ts';
import { PgDeviceCodes } from '../store/postgres/organisation/PgDeviceCodes.ts';
import { PgSessions } from '../store/postgres/organisation/PgSessions.ts';
import { PgUnits } from '../store/postgres/organisation/PgUnits.ts';
import { PgPeopleActs } from '../store/postgres/organisation/peopleActs.ts';
import { lastRestore } from '../store/postgres/record/restores.ts';
import type { limiters } from '../store/redis/limiters.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

/** How late a node may notice that the tree was changed elsewhere. */
const ROSTER_CHECK_MS = 3_000;
/** How late a node may notice an ended session whose hint was lost, or that the command line ended: half of what SE2 allows. */
const ENDED_SWEEP_MS = 500;
const SESSION_SWEEP_MS = 3_600_000;
/** CT7 */
const CONTACTS_SWEEP_MS = 3_600_000;

interface Needs {
  readonly postgres: Postgres;
  readonly limits: ReturnType<typeof limiters>;
  /** Of the cluster: codes of slips are hashed with a key that follows from them. */
  readonly secrets: readonly string[];
  /** HT18 */
  readonly security: SecurityLog;
  /** What every page says of itself. */
  readonly demo: boolean;
}

/** Units, people, and how they prove who they are. */
export async function composeOrganisation(
  { config, logger }: Base,
  { postgres, limits, secrets, security, demo }: Needs,
) {
  const unitStore = new PgUnits(postgres);
  const accountStore = new PgAccounts(postgres);
  const sessionStore = new PgSessions(postgres);
  const units = await Units.create(unitStore);
  const { publicUrl } = config;
  const ended = new EndedSessions(sessionStore);
  const hasher = new BoundedHasher(argon2Hasher);
  const news = new AccountNews(new PgAccountNews(postgres), logger);
  const accounts = new Accounts({ store: accountStore, units, hasher, ended, news, publicUrl, logger });
  const lists = new Lists(unitStore, units);
  const contactStore = new PgContacts(postgres);
  const contacts = new ContactBook(contactStore, units, logger);
  const sessions = new Sessions(sessionStore, units, systemClock, ended);
  const acts = new PgPeopleActs(postgres);
  const deskStore = new PgAccountDesk(postgres);
  const desk = new AccountDesk({
    ...{ store: deskStore, accounts: accountStore, acts },
    ...{ units, ended, news, publicUrl, logger },
  });
  const passwords = new PasswordLinks({ store: deskStore, sessions, hasher, limits, ended, logger: security });
  const signIn = new SignIn({ accounts: accountStore, sessions, hasher, limits, logger: security });
  const codeStore = new PgDeviceCodes(postgres);
  const codeHashes = codeHashesBy(secrets);
  const codes = new CodeSignIn({
    ...{ store: codeStore, hashes: codeHashes, tries: new CodeTries(limits) },
    ...{ address: limits.address, logger: security },
  });
  /** Of units that exist today. */
  const names = {
    name: (code: string) => units.index.find(code)?.name,
    path: (code: string) => units.index.find(code)?.path,
  };
  const part = {
    name: 'organisation',
    routes: [
      ...sessionRoutes(signIn, codes, sessions, await lastRestore(postgres)),
      ...installationRoutes({ demo, supportTelephone: config.SUPPORT_TELEPHONE ?? null }),
      ...unitRoutes(units),
      ...contactRoutes(contacts),
      ...accountRoutes(accounts),
      ...peopleRoutes(desk, passwords, news),
      ...rosterRoutes(new RosterDesk(unitStore, acts, units, logger)),
      ...listRoutes(lists),
    ],
    nodeTopics: [
      nodeTopic(endedSessionsTopic, {
        tell: (publish) => ended.on('told', (sessions) => publish({ sessions: sessions.length })),
        hear: async () => {
          // Why a session ended is told while its devices are there.
          await news.settled();
          await ended.hint();
        },
      }),
      nodeTopic(accountNewsTopic, {
        tell: (publish) => news.on('acted', (account) => publish({ account })),
        hear: ({ account }) => news.look(account),
      }),
    ],
    // From here on it is asked what ended; nobody is let in before.
    start: async () => {
      await news.sweep();
      await ended.sweep();
    },
    notices: (channel: ChannelContext) => new AccountNotices(channel, news),
    sweeps: [
      {
        name: 'ended sessions',
        everyMs: ENDED_SWEEP_MS,
        run: () => news.sweep().then(() => ended.sweep()),
        catchesUp: true,
      },
      { name: 'roster', everyMs: ROSTER_CHECK_MS, run: () => units.refresh() },
      { name: 'sessions', everyMs: SESSION_SWEEP_MS, run: () => sessionStore.sweep() },
      { name: 'contacts', everyMs: CONTACTS_SWEEP_MS, run: () => contactStore.forgetClosed() },
    ],
  } satisfies Part;
  return {
    ...{ part, units, unitStore, accounts, accountStore, contacts, contactStore, lists, sessions, ended, names },
    ...{ codeStore, codeHashes },
  };
}
