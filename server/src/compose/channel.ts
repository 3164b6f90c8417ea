import type { Server } from 'node:http';
import type { Bus } from '../cluster/bus/Bus.ts';
import type { JoinNumbers } from '../cluster/membership/JoinNumbers.ts';
import { arrivalTopic } from '../cluster/topics/channel.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import type { EndedSessions } from '../domain/organisation/EndedSessions.ts';
import type { Caller, Sessions } from '../domain/organisation/Sessions.ts';
import type { Units } from '../domain/organisation/Units.ts';
import type { Arrivals } from '../domain/shared/Arrivals.ts';
import { clientAddress } from '../edge/http/clientAddress.ts';
import { Channel } from '../edge/socket/channel/Channel.ts';
import type { ActHandlers, MakeNotices } from '../edge/socket/channel/types.ts';
import type { Clock } from '../lib/clock.ts';
import type { Quotas } from '../lib/Quotas.ts';
import { actMetrics } from '../observability/actMetrics.ts';
import type { RefusalLog } from '../observability/RefusalLog.ts';
import type { Base } from './Base.ts';
import type { Caps } from './caps.ts';

interface Needs {
  readonly acts: ActHandlers;
  /** CL8: nobody is let in, and nothing is done. */
  readonly isFenced: () => boolean;
  readonly notices: readonly MakeNotices[];
  readonly bus: Bus;
  readonly joins: JoinNumbers;
  /** PostgreSQL's, as far as it is known without asking. */
  readonly clock: Clock;
  readonly arrived: Arrivals;
  readonly sessions: Sessions;
  readonly ended: EndedSessions;
  readonly units: Units;
  readonly briefings: Briefings;
  readonly caps: Pick<Caps, 'public'> & { readonly quotas: Quotas };
  readonly refusals: Pick<RefusalLog, 'note'>;
  readonly moved: (briefing: string, caller: Caller) => void;
}

/** The order channel, with what each part does and tells there. */
export function composeChannel({ config, logger, metrics }: Base, http: Server, needs: Needs): Channel {
  const { acts, notices, isFenced, bus, joins, clock, arrived, sessions, ended, units, briefings, moved, caps } = needs;
  return Channel.create({
    http,
    publicUrl: config.publicUrl,
    secure: config.publicUrl.startsWith('https:'),
    acts,
    notices,
    isFenced,
    answered: actMetrics(metrics.registry),
    refused: (refused) => needs.refusals.note({ ...refused, way: 'channel' }),
    arrivals: bus.topic(arrivalTopic),
    self: bus.self,
    joins,
    returnsPerSecond: config.RETURNS_PER_SECOND,
    clock,
    arrived,
    addressOf: clientAddress(config.TRUST_PROXY),
    authenticate: (proof) => sessions.authenticate(proof),
    renew: (caller) => sessions.renew(caller),
    admit: (caller, briefing) => briefings.admit(caller, briefing),
    ended,
    units,
    moved,
    quotas: caps.quotas,
    vouch: (connection, account) => caps.public.vouch(connection, account),
    logger,
  });
}
