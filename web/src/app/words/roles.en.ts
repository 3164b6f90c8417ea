import type { RolesWords } from './roles.vi.ts';

export const en: RolesWords = {
  title: 'Choose a role to begin',
  body: 'This is a demo on this machine alone; its units are real, its people and figures are made up. Each role opens in a tab of its own. Open the leader and a commune side by side.',
  as: (role: string, name: string) => `${role}: ${name}, opens in a new tab`,
  principal: {
    role: 'Leader',
    does: 'Leads the briefing: goes live, calls any commune, calls the roll, gives directives, reads the figures.',
  },
  moderator: {
    role: 'Moderator',
    does: 'Helps the leader in a territory: sees who is connected, lets units speak, opens the room of the province.',
  },
  seat: {
    role: 'Chair of a commune or ward',
    does: 'Hears the leader, answers the roll-call, raises a hand, takes calls and directives.',
  },
  operator: {
    role: 'Operator',
    does: 'Looks after servers, directory and accounts; joins no briefing.',
  },
  wall: {
    role: 'Wall',
    name: 'Open the screen',
    does: 'Shows the briefing in a hall. It shows a code, which the leader or a moderator types under Screens on the Office page.',
  },
  door: 'Sign in as in a real installation',
};
