import { DisconnectReason, ParticipantInfo, TrackType } from '@livekit/protocol';
import type { Sender } from '../../cluster/bus/envelope.ts';
import type { StageRelation } from '../../domain/shared/stages.ts';
import type { Logger } from '../../observability/logger.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import { Publication } from '../publish/Publication.ts';
import type { Publisher } from '../publish/Publisher.ts';
import { isAllowed, openRules, type SubscriptionRules } from '../publish/subscriptionPermission.ts';
import type { RoomContext } from '../shared/RoomContext.ts';
import { isKnownTo, isPublic, type RoomPlace, type Standing, standingOf, strictest } from '../stages/places.ts';
import type { Announced, Listener, Views } from '../tell/Listener.ts';
import { gone, veiled } from '../tell/veil.ts';
import type { RemotePerson } from './RoomsElsewhere.ts';

type Viewer = Listener & { readonly standing: Standing };

interface RemoteViews extends Views {
  /** How others are told that they are gone, or no longer to be seen. */
  gone(reason: DisconnectReason): Views;
}

const viewsOf = (views: Views): RemoteViews => ({
  ...views,
  gone: (reason) => ({ known: gone(views.known, reason), veiled: gone(views.veiled, reason) }),
});

interface RemoteParts {
  readonly room: {
    placeOf(identity: string): RoomPlace;
    stageOf(of: { readonly identity: string }): UnitPath;
    relationTo(viewer: Viewer, to: { readonly identity: string }): StageRelation;
  };
  readonly context: Pick<RoomContext, 'sfu' | 'log'>;
  readonly person: RemotePerson;
  /** They have a track of sound. */
  readonly sounds: (publication: Publication) => void;
}

/** A participant of another node, as this one was told: others here see them and have their tracks. */
export class RemoteParticipant implements Publisher, Announced<Viewer> {
  readonly sid: string;
  readonly identity: string;
  readonly node: Sender;
  /** Their client is at their own node. */
  readonly outlet = undefined;
  readonly publications = new Map<string, Publication>();
  readonly #room: RemoteParts['room'];
  readonly #context: RemoteParts['context'];
  readonly #sounds: RemoteParts['sounds'];
  readonly #log: Logger;
  #person: RemotePerson;
  #info: ParticipantInfo;
  #standing: Standing;
  #rules: SubscriptionRules = openRules;
  #views: RemoteViews | undefined;
  #left = false;

  constructor({ room, context, person, sounds }: RemoteParts) {
    this.sid = person.sid;
    this.identity = person.identity;
    this.node = person.node;
    this.#room = room;
    this.#context = context;
    this.#sounds = sounds;
    this.#log = context.log.child({ participant: person.sid, node: person.node.node });
    this.#person = person;
    this.#info = infoOf(person);
    this.#standing = standingOf(this.#info.attributes);
    this.#log.info({ identity: person.identity }, 'seen at another node');
    this.follow(person);
  }

  get left(): boolean {
    return this.#left;
  }
  /** ND6: by the word of both nodes, the one that lets fewer see them. */
  get place(): RoomPlace {
    const { place, stage } = this.#person;
    return this.#room.stageOf(this) === stage ? strictest(this.#room.placeOf(this.identity), place) : 'audience';
  }
  get standing(): Standing {
    return this.#standing;
  }
  get info(): ParticipantInfo {
    return this.#info;
  }
  get isPublic(): boolean {
    return !this.#left && isPublic(this.place, { hidden: this.#info.permission?.hidden === true });
  }
  get views(): RemoteViews {
    this.#views ??= viewsOf({ known: this.#info, veiled: veiled(this.#info, this.place) });
    return this.#views;
  }
  isKnownTo(viewer: Viewer): boolean {
    return viewer.sid === this.sid || isKnownTo(this.place, this.#standing, viewer.standing);
  }
  isSeenBy(viewer: Viewer): boolean {
    return viewer.sid === this.sid || this.#room.relationTo(viewer, this) !== 'none';
  }
  allows(viewer: { readonly sid: string; readonly identity: string }, trackSid: string): boolean {
    return this.place !== 'open' || isAllowed(this.#rules, viewer, trackSid);
  }

  /** Their node says what they are now. @returns whether they let others have their tracks than before */
  follow(person: RemotePerson): boolean {
    this.#person = person;
    this.#info = infoOf(person);
    this.#standing = standingOf(this.#info.attributes);
    this.#views = undefined;
    const told = new Map(this.#info.tracks.map((info) => [info.sid, info]));
    for (const publication of [...this.publications.values()])
      if (!told.has(publication.sid)) this.#unpublish(publication);
    const layers = new Map(person.layers);
    for (const info of told.values()) {
      const publication = this.publications.get(info.sid);
      if (!publication) this.#publish(info, layers.get(info.sid) ?? 1);
      else if (publication.follow(info)) for (const subscription of publication.subscriptions) subscription.resized();
    }
    const before = this.#rules;
    this.#rules = person.rules ? { allParticipants: false, rules: person.rules } : openRules;
    return !(before.allParticipants && this.#rules.allParticipants);
  }

  /** Where they stand may have changed. */
  renew(): void {
    this.#views = undefined;
  }

  close(reason: DisconnectReason): void {
    if (this.#left) return;
    this.#left = true;
    this.#log.info({ identity: this.identity, reason: DisconnectReason[reason] }, 'gone from the other node');
    for (const publication of [...this.publications.values()]) this.#unpublish(publication);
  }

  #publish(info: ParticipantInfo['tracks'][number], layers: number): void {
    const media = this.#context.sfu.remoteTrack({
      sid: info.sid,
      kind: info.type === TrackType.VIDEO ? 'video' : 'audio',
      layers,
      paused: info.muted,
      origin: this.node,
    });
    const publication = new Publication(this, info, info.mid, media, 'none');
    this.publications.set(info.sid, publication);
    if (!publication.isVideo) this.#sounds(publication);
  }

  #unpublish(publication: Publication): void {
    this.publications.delete(publication.sid);
    publication.close();
  }
}

const infoOf = ({ info }: RemotePerson): ParticipantInfo => ParticipantInfo.fromBinary(Buffer.from(info, 'base64'));
