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
      return;
    }
    case 'nodeFailure':
      // As a dead node does it: no word to anybody, and nothing is left of the session.
      session.cut();
      return participant.leave(DisconnectReason.CONNECTION_TIMEOUT);
    case 'serverLeave':
      return participant.leave(DisconnectReason.SERVER_SHUTDOWN, 'disconnect');
    case 'migration':
    case 'leaveRequestFullReconnect':
      return participant.leave(DisconnectReason.UNKNOWN_REASON, 'reconnect');
    case 'switchCandidateProtocol':
      return session.leave(DisconnectReason.UNKNOWN_REASON, 'resume');
    case 'disconnectSignalOnResume':
    case 'disconnectSignalOnResumeNoMessages':
      participant.brittleResumes = 1;
      return;
    case 'subscriberBandwidth':
      return participant.viewing.pretendBandwidth(Number(scenario.value));
    default:
      return;
  }
}
