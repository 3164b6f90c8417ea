import { Type } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Layout } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { KeyMark, useShortcutSwitch } from '../../ui/Shortcuts.tsx';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { useMayProduce } from '../useMayProduce.ts';
import { programmeWords } from '../words/programme.vi.ts';
import { type Choice, choicesWith, chosenOf } from './choices.ts';
import { Thumbnail } from './Thumbnail.tsx';
import './producerPanel.css';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-'];

/** What everybody sees, by one press each. Nothing for those who may not choose it. */
export const ProducerPanel = () => (useMayProduce() ? <Choices /> : null);

function Choices() {
  const { t } = useText(programmeWords);
  const { programme, floor, briefing } = useChannel();
  const { run, pending } = useAct();
  const announce = useAnnounce();
  const { on } = useShortcutSwitch();
  const [text, setText] = useState<string>();
  const shown = programme.layout.kind === 'card' ? programme.layout.text : undefined;
  const card = text ?? shown ?? t.cardUsual;
  const choices = choicesWith(card.trim() || t.cardUsual);
  const current = chosenOf(programme.layout);
  const open = briefing.state === 'open' || briefing.state === 'live';
  const onAir = briefing.state === 'live' && floor.speakers.some(({ place }) => place === 'stage');
  const people = floor.speakers.filter(({ place }) => place !== 'green');
  const only = people.find(({ seat }) => seat.identity === onlyOf(programme.layout))?.seat.identity;

  const set = async (layout: Layout, name: string): Promise<void> => {
    if (await run('programme.set', { layout })) announce(t.announce(name));
  };
  const isOff = ({ name }: Choice) => !open || (name === 'content' && programme.content === null);
  const choose = (choice: Choice) => void set(choice.layout, t.layouts[choice.name]);
  useShortcuts(
    Object.fromEntries(
      choices.map((choice, i) => [KEYS[i], isOff(choice) ? undefined : () => choose(choice)] as const),
    ),
  );
  const showOnly = (identity: string): void => {
    const chosen = people.find(({ seat }) => seat.identity === identity);
    if (chosen) void set({ kind: 'solo', who: { by: 'device', identity } }, t.onlyOne(chosen.seat.name));
  };
  const showCard = (event: FormEvent): void => {
    event.preventDefault();
    void set({ kind: 'card', text: card.trim() || t.cardUsual }, t.layouts.card);
  };

  return (
    <section className={onAir ? 'producer air' : 'producer'} aria-label={t.title}>
      <div className="producer-layouts" role="toolbar" aria-label={t.title} onKeyDown={moveFocus}>
        {choices.map((choice, i) => (
          <button
            key={choice.name}
            type="button"
            className="producer-layout"
            aria-pressed={choice.name === current}
            aria-keyshortcuts={on ? KEYS[i] : undefined}
            title={choice.name === 'content' && isOff(choice) ? t.noContent : t.does[choice.name]}
            disabled={isOff(choice)}
            data-pending={pending.has('programme.set')}
            onClick={() => choose(choice)}
          >
            <Thumbnail scene={choice.scene} />
            <span>{t.layouts[choice.name]}</span>
            <KeyMark name={KEYS[i] ?? ''} />
          </button>
        ))}
        <MenuTrigger>
          <Button
            className="button small producer-only"
            data-on={only !== undefined}
            isDisabled={!open || people.length < 2}
          >
            {t.only}
          </Button>
          <Popover className="popover" placement="top end">
            <Menu className="listbox" aria-label={t.onlyTitle} onAction={(key) => showOnly(String(key))}>
              {people.map(({ seat }) => (
                <MenuItem key={seat.identity} id={seat.identity} className="option">
                  {seat.name}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
      {current === 'card' && (
        <form className="producer-card" onSubmit={showCard}>
          <Type size={18} aria-hidden />
          <input
            className="input"
            aria-label={t.cardText}
            maxLength={200}
            value={card}
            onChange={({ target }) => setText(target.value)}
          />
          <button type="submit" className="button small">
            {t.cardShow}
          </button>
        </form>
      )}
    </section>
  );
}

/** The device that alone is shown, if one was chosen by name. */
const onlyOf = (layout: Layout): string | undefined =>
  layout.kind === 'solo' && layout.who.by === 'device' ? layout.who.identity : undefined;

/** Arrows go from one to the next, as in every toolbar. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  event.preventDefault();
  buttons.at((at + step) % buttons.length)?.focus();
}
