import type { LiveQuestions } from '../../../domain/question/LiveQuestions.ts';
import type { Moved, QuestionBoard } from '../../../domain/question/QuestionBoard.ts';
import { answeredQuestion, ownQuestion, type QuestionNames } from '../../../domain/question/views.ts';
import { territorySeen } from '../../../domain/shared/whoSeesWhom.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { Seat } from '../../../protocol/floor.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';

/** QU7: at most two a second, whatever the number of questions. */
const TICK_MS = 500;

/**
 * Tells the devices of this node of questions: a unit of its own, officials of how many there are in their territory,
 * and everybody of an answer. Nobody hears of another unit's question before that.
 */
export class QuestionNotices implements SliceNotices {
  readonly #channel: ChannelContext;
  readonly #live: LiveQuestions;
  readonly #names: QuestionNames;
  readonly #timer: NodeJS.Timeout;
  /** Territories in which something moved since the last tick. */
  readonly #moved = new Map<QuestionBoard, Set<UnitPath>>();
  readonly #onMoved = (board: QuestionBoard, { questions, paths, answered }: Moved) => {
    const { briefing } = board;
    const here = this.#channel.seatUnits.in(briefing);
    for (const question of questions)
      if (here.has(question.unit))
        tell(
          this.#channel.io.local.to(rooms.seatsOf(briefing, question.unit)),
          'question.own',
          ownQuestion(board, this.#names, question),
        );
    const moved = this.#moved.get(board) ?? new Set();
    this.#moved.set(board, moved);
    for (const path of paths) moved.add(path);
    if (answered.length === 0) return;
    const everybody = this.#channel.io.local.to(rooms.everyone(briefing));
    for (const question of answered)
      tell(everybody, 'question.answered', {
        ...{ briefing, question: answeredQuestion(board, this.#names, question), answered: board.answeredCount },
      });
  };
  /** Makes known on this node what was asked before. */
  readonly prepare: (briefing: Briefing) => Promise<void>;

  constructor(channel: ChannelContext, live: LiveQuestions, names: QuestionNames) {
    this.#channel = channel;
    this.#live = live;
    this.#names = names;
    this.prepare = ({ id }) => live.ensure(id);
    live.on('moved', this.#onMoved);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  welcome(socket: ChannelSocket, briefing: string, seat: Seat): void {
    const board = this.#live.get(briefing);
    const territory = territorySeen(seat);
    if (territory) {
      tell(socket, 'question.tick', { briefing, seq: board.seq, count: board.count(territory) });
      return;
    }
    const own = board.ofUnit(seat.unit).map((question) => ownQuestion(board, this.#names, question));
    tell(socket, 'questions', { briefing, own, answered: board.answeredCount });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#live.off('moved', this.#onMoved);
  }

  #tick(): void {
    for (const [board, paths] of this.#moved) {
      const { briefing, seq } = board;
      for (const territory of this.#channel.territories.of(briefing)) {
        if (!paths.has(territory)) continue;
        const officials = this.#channel.io.local.to(rooms.officials(briefing, territory));
        tell(officials, 'question.tick', { briefing, seq, count: board.count(territory) });
      }
    }
    this.#moved.clear();
  }
}
