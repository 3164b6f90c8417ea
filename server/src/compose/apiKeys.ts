import type { KeyBox } from '../cluster/bus/KeyBox.ts';
import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import type { Membership } from '../cluster/membership/Membership.ts';
import { nodeAnswer } from '../cluster/requests/nodeRequest.ts';
import type { Requests } from '../cluster/requests/Requests.ts';
import { apiKeysRequest, apiKeysTopic } from '../cluster/topics/apiKeys.ts';
import {
  type ApiKey,
  KeyFollower,
  type KeyRing,
  keyFilePath,
  markOfKeys,
  readKeyFile,
  textOf,
} from '../edge/livekit/keys/index.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

/** How late a node learns what it has missed. */
const TOLD_EVERY_MS = 3_000;

interface Boot {
  readonly boot: string;
}

interface Needs {
  readonly bus: { readonly self: Boot };
  readonly membership: Membership | undefined;
  readonly requests: Pick<Requests, 'one'>;
  readonly keyBox: KeyBox;
  readonly keys: KeyRing;
}

/** NJ6: a node with a file of API keys of its own says what is in it; one that has joined another has what that one has. */
export function composeApiKeys({ config }: Base, { bus: { self }, membership, requests, keyBox, keys }: Needs): Part {
  const name = 'API keys';
  const path = keyFilePath(config);
  const placeOf = (from: Boot, to: Boot): string => `API keys ${from.boot} ${to.boot}`;
  if (config.JOIN_URL !== undefined) {
    const follower = new KeyFollower({
      path,
      ask: async (of) => {
        const { closed } = await requests.one(of, apiKeysRequest, null);
        return keyBox.open(placeOf(of, self), closed);
      },
      taken: () => keys.refresh(),
    });
    return {
      name,
      nodeTopics: [nodeTopic(apiKeysTopic, { tell: () => undefined, hear: (told, from) => follower.hear(told, from) })],
    };
  }
  let publish: (told: { mark: string }) => void = () => undefined;
  /** What cannot be used is said where it is read, and changes nothing. */
  const filed = (): Promise<readonly ApiKey[] | undefined> => readKeyFile(path).catch(() => undefined);
  const tell = async (): Promise<void> => {
    const own = membership?.hasOthers ? await filed() : undefined;
    if (own) publish({ mark: markOfKeys(own) });
  };
  keys.on('changed', () => void tell());
  return {
    name,
    nodeTopics: [
      nodeTopic(apiKeysTopic, {
        tell: (told) => {
          publish = told;
        },
        hear: () => undefined,
      }),
    ],
    nodeAnswers: [
      nodeAnswer(apiKeysRequest, async (_, by) => {
        const own = await filed();
        if (!own) throw new Error('this node has no API keys in a file');
        return { closed: keyBox.close(placeOf(self, by), textOf(own)) };
      }),
    ],
    sweeps: [{ name, everyMs: TOLD_EVERY_MS, run: tell }],
  };
}
