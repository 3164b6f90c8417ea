import { DisconnectReason } from '@livekit/protocol';
import type { Participant, Rooms } from '../../../hall/index.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { KeyProof } from '../keys/index.ts';
import type { AllowedJoin, Tokens } from '../tokens.ts';

/** By which secret of which API key each program is in, and what becomes of them when keys change. */
export class KeyHolders {
  readonly #rooms: Rooms;
  readonly #tokens: Tokens;
  readonly #proofs = new WeakMap<Participant, KeyProof>();

  constructor(rooms: Rooms, tokens: Tokens) {
    this.#rooms = rooms;
    this.#tokens = tokens;
  }

  /**
   * From now on they are in by this proof; people in a briefing have none.
   * @throws DomainError `unauthenticated` when it ended while they were on their way
   */
  admit(participant: Participant, proof: KeyProof | undefined): void {
    if (!proof) return;
    if (this.#tokens.stateOf(proof, participant.room.name) === 'over') {
      participant.leave(DisconnectReason.PARTICIPANT_REMOVED, 'disconnect');
      throw refuse('unauthenticated', 'the API key is withdrawn');
    }
    this.#proofs.set(participant, proof);
  }

  /** Their next token. @throws DomainError `unauthenticated` */
  async issueToken(participant: Participant): Promise<string> {
    const { token, proof } = await this.#tokens.issueRefresh(admissionOf(participant, this.#proofs.get(participant)));
    if (proof) this.#proofs.set(participant, proof);
    return token;
  }

  /**
   * KY3, KY4: keys have changed. Who came by one that is over is out, with or without a socket at this moment; who has a
   * token by an older secret gets one by the newest.
   * @param renew sends the participant's next token, if their client is there
   */
  follow(renew: (participant: Participant) => void): void {
    for (const room of this.#rooms.list())
      for (const participant of [...room.participants]) {
        const proof = this.#proofs.get(participant);
        if (!proof) continue;
        const state = this.#tokens.stateOf(proof, room.name);
        if (state === 'older') renew(participant);
        if (state !== 'over') continue;
        participant.log.info({ apiKey: proof.key }, 'put out: the API key, or its secret, is over');
        room.remove(participant.identity);
      }
  }
}

/** What the participant's next token must say: all that was granted, with the facts of now. */
const admissionOf = (p: Participant, proof: KeyProof | undefined): AllowedJoin => ({
  proof,
  room: p.room.name,
  identity: p.identity,
  name: p.name,
  metadata: p.metadata,
  attributes: p.attributes,
  kind: p.kind,
  permission: p.granted,
});
