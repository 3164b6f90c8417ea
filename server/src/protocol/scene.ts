import type { Role } from './organisation.ts';
import type { Cast, Layout, Programme } from './programme.ts';

/** Who is on stage, as far as the programme asks. */
export interface OnStage {
  readonly identity: string;
  readonly role: Role;
  /** ISO 8601. */
  readonly since: string;
}

/** The programme with those who are there: what is to be drawn, and forwarded. Identities, nobody twice. */
export type Scene =
  | { readonly kind: 'card'; readonly text: string }
  /** Nobody is on stage. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'solo'; readonly large: string }
  | { readonly kind: 'pair'; readonly left: string; readonly right: string }
  | { readonly kind: 'inset'; readonly large: string; readonly small: string }
  /** One large, the others small in a row. */
  | { readonly kind: 'strip'; readonly large: string; readonly others: readonly string[] }
  | { readonly kind: 'gallery'; readonly people: readonly string[] }
  /** `content` of the programme, large; `data`: every viewer draws it of data, and the face is small. */
  | { readonly kind: 'content'; readonly face: string | null; readonly data?: true };

/** In a strip beside the large picture. */
const MOST_IN_STRIP = 5;
const MOST_WAITING = 2;
/** A larger one comes at half the frames (PN11). */
export const SMALL_GALLERY = 9;

/** A principal first, then by arrival. */
export const rankOnStage = (people: readonly OnStage[]): OnStage[] =>
  people.toSorted((a, b) => rank(a) - rank(b) || (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
const rank = ({ role }: OnStage): number => (role === 'principal' ? 0 : 1);

/**
 * PN5, PN8: the same for server and page. Pure.
 * @param speaker whom the automatic choice shows large
 */
export function sceneOf(
  programme: Pick<Programme, 'layout' | 'content'>,
  onStage: readonly OnStage[],
  speaker: string | null,
): Scene {
  const { layout, content } = programme;
  if (layout.kind === 'card') return { kind: 'card', text: layout.text };
  const people = rankOnStage(onStage);
  const find = (cast: Cast): string | undefined => findCast(people, cast)?.identity;
  const beside = (face: string | null): Scene => ({
    ...{ kind: 'content', face },
    ...(content?.kind === 'figures' && { data: true }),
  });
  const automatic = (): Scene => automaticScene(people, speaker, content && beside);
  switch (layout.kind) {
    case 'auto':
      return automatic();
    case 'solo':
      return alone(find(layout.who)) ?? automatic();
    case 'pair': {
      const [left, right] = [find(layout.left), find(layout.right)];
      if (left && right && left !== right) return { kind: 'pair', left, right };
      return alone(left ?? right) ?? automatic();
    }
    case 'inset': {
      const [large, small] = [find(layout.large), find(layout.small)];
      if (large && small && large !== small) return { kind: 'inset', large, small };
      return alone(large ?? small) ?? automatic();
    }
    case 'gallery':
      return galleryOf(people, layout);
    case 'content':
      if (!content) return automatic();
      return beside((layout.face && find(layout.face)) ?? null);
  }
}

/** Whoever the scene shows. */
export function shownIn(scene: Scene): readonly string[] {
  switch (scene.kind) {
    case 'solo':
      return [scene.large];
    case 'pair':
      return [scene.left, scene.right];
    case 'inset':
      return [scene.large, scene.small];
    case 'strip':
      return [scene.large, ...scene.others];
    case 'gallery':
      return scene.people;
    case 'content':
      return scene.face === null ? [] : [scene.face];
    case 'card':
    case 'nobody':
      return [];
  }
}

/** PN11: of those on stage who are not shown, the few whose pictures wait for a cut: a principal, and who came last. */
export function waitingIn(scene: Scene, onStage: readonly OnStage[]): readonly string[] {
  const shown = new Set(shownIn(scene));
  return onStage
    .filter(({ identity }) => !shown.has(identity))
    .toSorted((a, b) => rank(a) - rank(b) || (a.since > b.since ? -1 : a.since < b.since ? 1 : 0))
    .slice(0, mostWaiting(scene))
    .map(({ identity }) => identity);
}

function mostWaiting(scene: Scene): number {
  if (scene.kind === 'card') return 1;
  // A large gallery takes what the line of a viewer carries.
  return scene.kind === 'gallery' && scene.people.length > SMALL_GALLERY ? 0 : MOST_WAITING;
}

/** PN4. People in their rank. */
export function findCast(people: readonly OnStage[], cast: Cast): OnStage | undefined {
  switch (cast.by) {
    case 'principal':
      return people.find((p) => rank(p) === 0);
    case 'guest':
      return people.findLast((p) => rank(p) !== 0);
    case 'device':
      return people.find((p) => p.identity === cast.identity);
  }
}

const alone = (large: string | undefined): Scene | undefined => (large ? { kind: 'solo', large } : undefined);

/** @param beside null: there is nothing beside people */
function automaticScene(
  people: readonly OnStage[],
  speaker: string | null,
  beside: ((face: string | null) => Scene) | null,
): Scene {
  const large = people.find((p) => p.identity === speaker)?.identity ?? people[0]?.identity;
  if (beside) return beside(large ?? null);
  if (!large) return { kind: 'nobody' };
  const others = people.map((p) => p.identity).filter((identity) => identity !== large);
  const [small] = others;
  if (!small) return { kind: 'solo', large };
  if (others.length === 1) return { kind: 'inset', large, small };
  return { kind: 'strip', large, others: others.slice(0, MOST_IN_STRIP) };
}

/** Those who came first, and the last who came in place of the last of them: who was called is always in the picture. */
function galleryOf(people: readonly OnStage[], { most }: Layout & { readonly kind: 'gallery' }): Scene {
  const [first] = people;
  if (!first) return { kind: 'nobody' };
  const shown = people.length <= most ? people : [...people.slice(0, most - 1), ...people.slice(-1)];
  return { kind: 'gallery', people: shown.map((p) => p.identity) };
}
