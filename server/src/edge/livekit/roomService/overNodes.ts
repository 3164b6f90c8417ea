import type { Message } from '@bufbuild/protobuf';
import { type NodeAnswer, nodeAnswer } from '../../../cluster/requests/nodeRequest.ts';
import type { Requests } from '../../../cluster/requests/Requests.ts';
import { roomServiceRequest } from '../../../cluster/topics/roomService.ts';
import type { Method, RoomServiceContext } from './method.ts';
import { refusalOf, refused, type TwirpCode, TwirpRefusal } from './twirp.ts';

type OverNodes = NonNullable<Method['over']>;
/** Other nodes, as far as RoomService asks them. */
export type AskedNodes = Pick<Requests, 'all'>;

/**
 * ND10: has a call done by all nodes that have to do with it. @throws what this node refuses it with, or the first that
 * refuses it because of more than that it has nothing of it; DomainError when one does not answer
 */
export async function overNodes(
  { handle, over }: Method,
  procedure: string,
  request: Message,
  context: RoomServiceContext,
  asked: AskedNodes | undefined,
): Promise<Message> {
  const here = async () => handle(request as never, context);
  if (!over || !asked || over.isHere(request as never, context)) return here();
  const [own, theirs] = await Promise.all([refusable(here), ask(asked, procedure, request, over)]);
  const answers = [own, ...theirs].filter((answer): answer is Message => !(answer instanceof TwirpRefusal));
  if (answers.length > 0) return over.merge(answers, context);
  const refusals = [own, ...theirs].filter((answer) => answer instanceof TwirpRefusal);
  throw refusals.find(({ code }) => code !== 'not_found') ?? refusals[0] ?? refused('internal', 'internal error');
}

async function ask(
  asked: AskedNodes,
  procedure: string,
  request: Message,
  { answer: type, byOne }: OverNodes,
): Promise<(Message | TwirpRefusal)[]> {
  const body = { procedure, request: base64(request) };
  const said = await asked.all(roomServiceRequest, body, (one) => byOne && 'answer' in one);
  return said.map((one) =>
    'answer' in one
      ? type.fromBinary(Buffer.from(one.answer, 'base64'))
      : refused(one.refused.code as TwirpCode, one.refused.message, one.refused.meta),
  );
}

/** What this node answers when a program has asked another one, which has looked at its token. */
export const answerOthers = (methods: ReadonlyMap<string, Method>, context: RoomServiceContext): NodeAnswer =>
  nodeAnswer(roomServiceRequest, async ({ procedure, request }) => {
    const method = methods.get(procedure);
    if (!method) throw new Error(`RoomService has no ${procedure}`);
    const message = method.request.fromBinary(Buffer.from(request, 'base64'));
    const answer = await refusable(async () => method.handle(message as never, context));
    if (!(answer instanceof TwirpRefusal)) return { answer: base64(answer) };
    const { code, message: text, meta } = answer;
    return { refused: { code, message: text, meta } };
  });

const base64 = (message: Message): string => Buffer.from(message.toBinary()).toString('base64');

/** @throws what is no refusal */
async function refusable(act: () => Promise<Message>): Promise<Message | TwirpRefusal> {
  try {
    return await act();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal') throw error;
    return refusal;
  }
}
