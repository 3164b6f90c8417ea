import { Ear, Volume2 } from 'lucide-react';
import { type CSSProperties, Suspense, useRef, useState } from 'react';
import type { Scene, Speaker } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { Picture } from '../../livekit/mediaElements.tsx';
import type { Person } from '../../livekit/types.ts';
import { useChannel, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { useSize } from '../../ui/useSize.ts';
import { floorWords } from '../words/floor.vi.ts';
import { arrange, CONTENT, isOverlaid } from './arrange.ts';
import { ContentView } from './ContentView.tsx';
import { HoldingCard } from './HoldingCard.tsx';
import { asAllSee, type OwnView, sceneFor } from './ownView.ts';
import { RunningItemPlate } from './RunningItemPlate.tsx';
import { StageCard } from './StageCard.tsx';
import { StageSound } from './StageSound.tsx';
import { stageOf } from './stageOf.ts';
import { Tile } from './Tile.tsx';
import { useFiguresBeforehand } from './useFiguresBeforehand.ts';
import { useScene } from './useScene.ts';
import './stage.css';

interface StageProps {
  readonly audioOnly?: boolean;
  readonly onPictureBack?: () => void;
  /** The pages of officials hear the stage too, except where another stage on the page sounds already. */
  readonly silent?: boolean;
}

// Most briefings have one room.
const RoomPlate = lazyRetried(() => import('./RoomPlate.tsx'));
// After the picture: nobody looks closer at once.
const ViewerTools = lazyRetried(async () => {
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  return import('./ViewerTools.tsx');
});

/** PN14 */
const noPlate: ReadonlySet<Scene['kind']> = new Set(['content', 'card', 'nobody']);

/** What everyone sees, as the programme says: pictures, content, a card, or why there is nothing; and everyone's sound. */
export function Stage({ audioOnly = false, onPictureBack, silent = false }: StageProps) {
  const { t } = useText(floorWords);
  const { media, identity, session } = useTools();
  const { briefing, floor, programme } = useChannel();
  const { people, soundBlocked } = useMedia();
  const { scene: told, onStage, waiting } = useScene();
  const [view, setView] = useState<OwnView>(asAllSee);
  const scene = sceneFor(view, told, onStage);
  const [ref, { width, height }] = useSize<HTMLElement>();
  useFiguresBeforehand();
  const stage = stageOf(briefing, floor);
  const hasRooms = useOnceTrue(floor.stage !== undefined);
  const boxes = arrange(scene, width * view.zoom, height * view.zoom);
  const shown = [...boxes.keys()];
  const left = boxes.size > 0 ? Math.min(...[...boxes.values()].map((box) => box.left)) : 0;
  const top = boxes.size > 0 ? Math.min(...[...boxes.values()].map((box) => box.top)) : 0;
  const content = boxes.get(CONTENT);
  const holding = stage.kind === 'holding' && scene.kind !== 'card' && scene.kind !== 'content' ? stage : undefined;
  const warm = floor.speakers.filter(({ place, seat }) => place === 'green' && seat.identity !== identity);
  // Those who wait keep their elements, so that the cut attaches nothing.
  const drawn = onStage.filter(
    (speaker) => boxes.has(speaker.seat.identity) || (!audioOnly && waiting.includes(speaker)),
  );

  return (
    <section
      ref={ref}
      className="stage on-stage"
      aria-label={t.stage}
      data-scene={holding ? 'holding' : scene.kind}
      data-zoomed={view.zoom > 1}
      data-above={floor.stage !== undefined && floor.above !== undefined && !audioOnly}
      data-overlaid={scene.kind === 'inset' && isOverlaid([...boxes.values()])}
      style={
        {
          '--stage-height': `${height}px`,
          '--stage-width': `${width}px`,
          '--pictures-left': `${left}px`,
          '--pictures-top': `${top}px`,
        } as CSSProperties
      }
    >
      {holding && <HoldingCard stage={holding} briefing={briefing} />}
      {scene.kind === 'card' && <StageCard text={scene.text} />}
      {content && programme.content && (
        <ContentView
          content={programme.content}
          box={content}
          face={audioOnly ? undefined : boxes.get((scene.kind === 'content' && scene.face) || '')}
          audioOnly={audioOnly}
          silent={silent}
        />
      )}
      {!holding &&
        drawn.map((speaker) => (
          <Tile
            key={speaker.seat.identity}
            speaker={speaker}
            person={people.get(speaker.seat.identity)}
            mine={speaker.seat.identity === identity}
            audioOnly={audioOnly}
            box={boxes.get(speaker.seat.identity)}
            order={shown.indexOf(speaker.seat.identity)}
            stageWidth={width * view.zoom}
          />
        ))}
      <RunningItemPlate
        hidden={floor.stage !== undefined || stage.kind === 'holding' || noPlate.has(scene.kind)}
        silent={silent}
      />
      {hasRooms && (
        <Suspense fallback={null}>
          <RoomPlate
            stage={floor.stage}
            backAt={floor.backAt}
            above={floor.above}
            audioOnly={audioOnly}
            silent={silent}
          />
        </Suspense>
      )}
      {!silent && !audioOnly && boxes.size > 0 && !holding && session.account.role !== 'screen' && (
        <Suspense fallback={null}>
          <ViewerTools view={view} onView={setView} onStage={onStage} boxes={boxes} />
        </Suspense>
      )}
      {!silent && <StageSound />}
      {!audioOnly && <WarmSeats speakers={warm} people={people} />}
      {audioOnly && !holding && (
        <div className="stage-note">
          <Ear size={20} aria-hidden />
          <span>{t.soundOnly}</span>
          {onPictureBack && (
            <button type="button" className="button small" onClick={onPictureBack}>
              {t.soundOnlyBack}
            </button>
          )}
        </div>
      )}
      {soundBlocked && !silent && (
        <div className="stage-note urgent">
          <Volume2 size={20} aria-hidden />
          <span>{t.soundBlocked}</span>
          <button type="button" className="button primary" onClick={() => void media.startSound()}>
            {t.unblock}
          </button>
        </div>
      )}
    </section>
  );
}

/** From the first time on; whoever is back in the common room is told so. */
function useOnceTrue(now: boolean): boolean {
  const was = useRef(now);
  was.current ||= now;
  return was.current;
}

/**
 * Those in the green room are subscribed, paused, by everyone: shown nowhere, but with a decoder that waits, so that
 * the cut to them needs no negotiation and no new layer choice.
 */
function WarmSeats({ speakers, people }: { speakers: readonly Speaker[]; people: ReadonlyMap<string, Person> }) {
  return (
    <div className="warm-seats" aria-hidden>
      {speakers.map(({ seat }) => {
        const camera = people.get(seat.identity)?.camera;
        return camera && <Picture key={seat.identity} track={camera} label="" />;
      })}
    </div>
  );
}
