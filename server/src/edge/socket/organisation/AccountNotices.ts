import type { AccountNews } from '../../../domain/organisation/AccountNews.ts';
import type { ToldAct } from '../../../domain/organisation/ports.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, SliceNotices } from '../channel/types.ts';

/** AC4: tells a person what others did to their account, on each of its devices that is connected here. */
export class AccountNotices implements SliceNotices {
  readonly #io: ChannelContext['io'];
  readonly #news: AccountNews;
  readonly #onNews = (acts: readonly ToldAct[]) => this.#tell(acts);

  constructor({ io }: Pick<ChannelContext, 'io'>, news: AccountNews) {
    this.#io = io;
    this.#news = news;
    news.on('news', this.#onNews);
  }

  /** What is unseen is asked for by the page when it opens. */
  welcome(): void {}

  close(): void {
    this.#news.off('news', this.#onNews);
  }

  /** Once through all connections, however many acts: they are rare, and a room for each account would cost always. */
  #tell(acts: readonly ToldAct[]): void {
    const byAccount = Map.groupBy(acts, ({ account }) => account);
    for (const socket of this.#io.of('/').sockets.values())
      for (const { act } of byAccount.get(socket.data.seat?.account ?? '') ?? []) tell(socket, 'account.news', { act });
  }
}
