import { useEffect } from 'react';
import type { ChannelState } from '../api/channel/ChannelState.ts';
import type { Readable } from '../lib/Store.ts';
import { useOutbox } from '../session/OutboxContext.tsx';

/** AU22: each time that the order channel is there again, receipts are held against the record. */
export function useTellConnects(channel: { readonly state: Readable<ChannelState> } | undefined): void {
  const { receipts } = useOutbox();
  useEffect(() => {
    if (!channel) return;
    let wasOnline = false;
    const look = (): void => {
      const isOnline = channel.state.get().link === 'online';
      if (isOnline && !wasOnline) receipts.connected();
      wasOnline = isOnline;
    };
    look();
    return channel.state.subscribe(look);
  }, [channel, receipts]);
}
