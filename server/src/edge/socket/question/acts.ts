import type { QuestionActor } from '../../../domain/question/decide.ts';
import type { QuestionService } from '../../../domain/question/QuestionService.ts';
import type { questionActSchemas as acts } from '../../../protocol/question.ts';
import type { ActHandlers, ActingDevice } from '../channel/types.ts';

const actorOf = ({ account, seat, address }: ActingDevice): QuestionActor => ({
  ...{ account, identity: seat.identity, address, person: seat.person },
});

/** One line for each act: what the wire calls it, and who does it. */
export const questionActs = (questions: QuestionService): ActHandlers<keyof typeof acts> => ({
  'question.ask': (actor, ask) => questions.ask(actor.briefing, actorOf(actor), ask),
  'question.withdraw': (actor, { key, question }) => questions.withdraw(actor.briefing, actorOf(actor), key, question),
});
