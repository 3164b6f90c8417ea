/** Whom a publisher lets have which of their tracks (LiveKit's SubscriptionPermission); replaced as a whole. */
export interface SubscriptionRule {
  readonly participantSid: string;
  readonly participantIdentity: string;
  readonly allTracks: boolean;
  readonly trackSids: readonly string[];
}

export interface SubscriptionRules {
  readonly allParticipants: boolean;
  readonly rules: readonly SubscriptionRule[];
}

export const openRules: SubscriptionRules = { allParticipants: true, rules: [] };

export function isAllowed(
  rules: SubscriptionRules,
  viewer: { readonly sid: string; readonly identity: string },
  trackSid: string,
): boolean {
  if (rules.allParticipants) return true;
  return rules.rules.some(
    (rule) =>
      (rule.participantIdentity ? rule.participantIdentity === viewer.identity : rule.participantSid === viewer.sid) &&
      (rule.allTracks || rule.trackSids.includes(trackSid)),
  );
}
