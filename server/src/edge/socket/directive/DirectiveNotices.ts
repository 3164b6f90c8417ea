import type { DirectiveNews } from '../../../domain/directive/DirectiveNews.ts';
import type { DirectiveProgress } from '../../../domain/directive/DirectiveProgress.ts';
import type { UnitIndex } from '../../../domain/organisation/UnitIndex.ts';
import { territorySeen } from '../../../domain/shared/whoSeesWhom.ts';
import type { Directive, Follow, Reminder } from '../../../protocol/directive.ts';
import type { Seat } from '../../../protocol/floor.ts';
import { codeOf, type UnitCode, type UnitPath } from '../../../protocol/organisation.ts';
import { Heard } from '../channel/Heard.ts';
import { isHeard, tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelServer, ChannelSocket, SliceNotices } from '../channel/types.ts';
import { DirectiveTicker } from './DirectiveTicker.ts';

export interface DirectiveNoticesParts {
  readonly news: DirectiveNews;
  readonly board: DirectiveProgress;
  readonly units: { readonly index: UnitIndex };
  /** What could not be told, for the log. */
  readonly failed: (error: unknown) => void;
}

/** Directives are not bound to a briefing, and neither are these rooms. */
const OFFICE = 'office:';
const DESK = 'desk:';
/** Every device of a unit. */
const office = (unit: UnitCode) => OFFICE + unit;
/** Principals and moderators of a territory. */
const desk = (path: string) => DESK + path;

/**
 * Tells the devices of this node of directives for their units, and officials how far these have come (DR29 to DR32).
 */
export class DirectiveNotices implements SliceNotices {
  readonly #io: ChannelServer;
  readonly #news: DirectiveNews;
  readonly #ticker: DirectiveTicker;
  /** Units under `OFFICE`, territories under `DESK`. */
  readonly #here = new Heard();
  readonly #onDirective = (directive: Directive, units: readonly UnitCode[]) => {
    tell(this.#io.local.to(units.map(office)), 'directive', directive);
  };
  readonly #onFollowed = (follows: readonly Follow[]) => {
    for (const follow of follows) {
      const room = office(follow.unit);
      if (isHeard(this.#io, room)) tell(this.#io.local.to(room), 'directive.follow', follow);
    }
  };
  readonly #onReminded = (reminder: Reminder, units: readonly UnitCode[]) => {
    tell(this.#io.local.to(units.map(office)), 'directive.reminder', reminder);
  };
  readonly #onMoved = (directive: string, paths: readonly UnitPath[] | 'all') => {
    if (paths === 'all') this.#ticker.changed(directive);
    else this.#ticker.followed(directive, paths);
  };

  constructor({ io }: Pick<ChannelContext, 'io'>, { news, board, units, failed }: DirectiveNoticesParts) {
    this.#io = io;
    this.#news = news;
    this.#ticker = new DirectiveTicker({
      board,
      watched: () => this.#here.of(DESK),
      children: (path) => units.index.children(codeOf(path)).map((unit) => unit.path),
      tell: (directive, territory, rows) => {
        tell(io.local.to(desk(territory)), 'directive.tick', { directive, root: codeOf(territory), ...rows });
      },
      failed,
    });
    news.tellTo(() => this.#here.in(OFFICE));
    news.on('directive', this.#onDirective).on('followed', this.#onFollowed);
    news.on('reminded', this.#onReminded).on('moved', this.#onMoved);
  }

  welcome(socket: ChannelSocket, _briefing: string, seat: Seat): void {
    socket.join(office(seat.unit));
    this.#here.enter(OFFICE, seat.unit);
    const territory = territorySeen(seat);
    if (territory) {
      socket.join(desk(territory));
      this.#here.enter(DESK, territory);
    }
    socket.on('disconnect', () => {
      this.#here.leave(OFFICE, seat.unit);
      if (territory) this.#here.leave(DESK, territory);
    });
  }

  close(): void {
    this.#ticker.close();
    this.#news.off('directive', this.#onDirective).off('followed', this.#onFollowed);
    this.#news.off('reminded', this.#onReminded).off('moved', this.#onMoved);
  }
}
