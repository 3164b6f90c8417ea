import type { SignalConnection } from '../../load/signal.ts';
import type { Attack, AttackTools } from './attack.ts';
import { join, refusal, tokenOfProgram, tokenOfSeat } from './joined.ts';
import { pace } from './pace.ts';

/** As many each second as an identity may join at once, twice over. */
const OF_ONE_PER_SECOND = 60;
const OF_MANY_PER_SECOND = 20;
/** Who joined first leaves without a word when more than this are in. */
const MOST = 100;

function flood({ place, count, over }: AttackTools, perSecond: number, token: (nr: number) => Promise<string>) {
  const inside: SignalConnection[] = [];
  const one = async (nr: number): Promise<void> => {
    const connection = await join(place, await token(nr));
    count('joins let in');
    connection.on('closed', (reason) => !over.aborted && count(`joins ended (${reason.trim()})`));
    if (inside.push(connection) > MOST) inside.shift()?.abort();
  };
  return pace(perSecond, over, (nr) => {
    count('joins tried');
    one(nr).catch((error: unknown) => !over.aborted && count(refusal(error)));
  });
}

export const joinsOfOne: Attack = {
  what: 'one token of a seat joins again and again, each time a socket of its own',
  run: async (tools) => {
    const token = await tokenOfSeat(tools.place, 0);
    return flood(tools, OF_ONE_PER_SECOND, async () => token);
  },
};

export const joinsOfMany: Attack = {
  what: 'an API key that leaked makes tokens for ever more participants, of a room of its own',
  run: (tools) => flood(tools, OF_MANY_PER_SECOND, (nr) => tokenOfProgram(tools.place, `stranger-${nr}`)),
};
