import { useChannel } from '../../session/BriefingContext.tsx';
import { RunningCalls } from './RunningCalls.tsx';
import { SmallStage } from './SmallStage.tsx';
import './callBeside.css';

/** Beside a map from which one calls: the face that one speaks with, and how the call stands, wherever one has scrolled. Voices are the map's. */
export function CallBeside() {
  const { floor } = useChannel();
  return (
    <div className="call-beside">
      {floor.calls.some(({ state }) => state !== 'ringing') && <SmallStage silent />}
      <RunningCalls />
    </div>
  );
}
