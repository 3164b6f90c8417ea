import type { ParticipantPermission } from '@livekit/protocol';
import type { JoinRequest } from '../shared/JoinRequest.ts';
import { type Standing, standingOf } from '../stages/places.ts';

/** What may be changed of a participant; absent parts stay. An attribute set to '' is deleted. */
export interface ParticipantChange {
  readonly name?: string | undefined;
  readonly metadata?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /** Replaces all that was granted before. */
  readonly permission?: ParticipantPermission | undefined;
}

/**
 * What a participant is called and was granted: by the token first, then by RoomService or, as far as they may,
 * themselves.
 */
export class Profile {
  #name: string;
  #metadata: string;
  #attributes: Readonly<Record<string, string>>;
  #granted: ParticipantPermission;
  #standing: Standing;

  constructor(request: Pick<JoinRequest, 'name' | 'metadata' | 'attributes' | 'permission'>) {
    this.#name = request.name;
    this.#metadata = request.metadata;
    this.#attributes = request.attributes;
    this.#granted = request.permission;
    this.#standing = standingOf(request.attributes);
  }

  get name(): string {
    return this.#name;
  }
  get metadata(): string {
    return this.#metadata;
  }
  get attributes(): Readonly<Record<string, string>> {
    return this.#attributes;
  }
  get granted(): ParticipantPermission {
    return this.#granted;
  }
  get standing(): Standing {
    return this.#standing;
  }

  change({ name, metadata, attributes, permission }: ParticipantChange): void {
    if (name !== undefined) this.#name = name;
    if (metadata !== undefined) this.#metadata = metadata;
    if (attributes !== undefined) {
      const merged = Object.entries({ ...this.#attributes, ...attributes });
      this.#attributes = Object.fromEntries(merged.filter(([, value]) => value !== ''));
      this.#standing = standingOf(this.#attributes);
    }
    if (permission !== undefined) this.#granted = permission;
  }
}
