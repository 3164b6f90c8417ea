import { briefingSchema } from '../../protocol/briefing.ts';
import type { TopicDefinition } from '../bus/nodeTopic.ts';

/** The briefing after an official act. */
export const briefingTopic = { name: 'briefing', schema: briefingSchema } satisfies TopicDefinition;
