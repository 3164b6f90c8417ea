import { DisconnectReason, type SimulateScenario } from '@livekit/protocol';
import type { SignalSession } from './SignalSession.ts';

/** Breaks on request what may break by itself, so that clients can be tested against it. */
export function simulate({ scenario }: SimulateScenario, session: SignalSession): void {
  const { participant } = session;
  switch (scenario.case) {
    case 'speakerUpdate': {
      const sid = participant.sid;
      session.speakers([{ sid, level: 0.9, active: true }]);
      const over = setTimeout(() => session.speakers([{ sid, level: 0, active: false }]), scenario.value * 1000);
      over.unref();
      break;
    }
    case 'nodeFailure':
      // As a dead node does it: no word to anybody, and nothing is left of the session.
      session.cut();
      participant.leave(DisconnectReason.CONNECTION_TIMEOUT);
      break;
    case 'serverLeave':
      participant.leave(DisconnectReason.SERVER_SHUTDOWN, 'disconnect');
      break;
    case 'migration':
    case 'leaveRequestFullReconnect':
      participant.leave(DisconnectReason.UNKNOWN_REASON, 'reconnect');
      break;
    case 'switchCandidateProtocol':
      session.leave(DisconnectReason.UNKNOWN_REASON, 'resume');
      break;
    case 'disconnectSignalOnResume':
    case 'disconnectSignalOnResumeNoMessages':
      participant.brittleResumes = 1;
      break;
    case 'subscriberBandwidth':
      participant.viewing.pretendBandwidth(Number(scenario.value));
      break;
    default:
      break;
  }
}
