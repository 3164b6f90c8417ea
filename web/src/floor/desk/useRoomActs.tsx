import type { ReactNode } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useMine } from '../useMine.ts';
import { stagesWords } from '../words/stages.vi.ts';
import { useAskFirst } from './useAskFirst.tsx';

interface Room {
  readonly unit: string;
  readonly name: string;
}

/** TR22: opening a room takes its units from whoever speaks to them, and a look takes a speaker off the air: asked first. */
export function useRoomActs(): {
  readonly open: (room: Room) => Promise<void>;
  /** @param room null: back to what the unit is shown, or to the briefing's own stage by its unit */
  readonly enter: (room: Room | null) => void;
  readonly visit: (room: Room) => void;
  readonly isBusy: boolean;
  readonly sheet: ReactNode;
} {
  const { t, number } = useText(stagesWords);
  const { session } = useTools();
  const { floor, presence } = useChannel();
  const { speaker } = useMine();
  const { run, pending } = useAct();
  const { ask, sheet } = useAskFirst();
  const onAir = speaker && speaker.place !== 'green' && speaker.home === undefined;

  const open = async ({ unit, name }: Room): Promise<void> => {
    const act = () => run('stage.open', { unit });
    const speaking = floor.speakers.filter(
      ({ place, seat }) => place === 'stage' && seat.account !== session.account.id,
    );
    if (speaking.length === 0) return void (await act());
    const here = presence.get(unit)?.here;
    const whom = speaking.map(({ seat }) => seat.name).join(', ');
    ask({
      title: t.openTitle(name),
      body: here === undefined ? t.openBodyAll(whom) : t.openBody(number(here), whom),
      confirm: t.openYes,
      act,
    });
  };
  const away = (title: string, confirm: string, act: () => Promise<unknown>): void => {
    if (onAir) ask({ title, body: t.awayBody, confirm, act });
    else void act();
  };
  const enter = (room: Room | null): void => {
    const act = () => run('stage.enter', { unit: room === null ? null : room.unit }, 'stage.enter');
    if (room) away(t.enterTitle(room.name), t.enter, act);
    else void act();
  };
  const visit = (room: Room): void =>
    away(t.visitTitle(room.name), t.visit, () => run('stage.visit', { unit: room.unit }, 'stage.visit'));
  return { open, enter, visit, isBusy: pending.size > 0, sheet };
}
