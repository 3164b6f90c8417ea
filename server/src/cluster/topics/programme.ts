import { programmeSchema } from '../../protocol/programme.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** PN7: the programme after a choice, whole. */
export const programmeTopic = { name: 'programme', schema: programmeSchema } satisfies TopicDefinition;
