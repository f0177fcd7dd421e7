import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { fail, failure, type Identifiers, ok, type Result } from '@repartee/contracts';
import type { DecisionSubject } from '@repartee/decisioning';
import { participantOf, strangerOf } from '@repartee/experiments/domain';
import { PersonStandings } from '@repartee/governance';
import { type Identifier, keyOf, normaliseIdentifier, parseIdentifier } from '@repartee/identity/domain';
import { type CachedProfile, Profiles } from '@repartee/profile';
import { type GoldenRecord, STRANGER, mayUseProfile } from '@repartee/profile/domain';

/** Whom a decision is for, and the conversation that is going on with them. */
export interface FoundPerson {
  subject: DecisionSubject;
  record?: GoldenRecord;
  /** The person's data may be kept and not used: nothing is chosen for them. */
  restricted?: boolean;
}

/** Strongest first: where identifiers name different people, the strongest counts. */
const STRENGTH = ['user_id', 'loyalty_id', 'email', 'phone'];

function strength({ namespace }: Identifier): number {
  if (namespace === 'anonymous_id') return STRENGTH.length + 1;
  const place = STRENGTH.indexOf(namespace);
  return place < 0 ? 1.5 : place;
}

/** Where people are looked for. */
export type PeopleSource = Pick<Profiles, 'recall' | 'findByIdentifier'>;

/** Finds the person a caller asks about. */
@Injectable()
export class PersonFinder {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
  ) {}

  /**
   * A session speaks for its own visitor alone, and sees a proved person's data only when a user token vouched for
   * exactly that person. A server may ask about anybody. Whoever is unknown is served as a stranger.
   * @param people where they are looked for; in all profiles unless given
   */
  async find(
    caller: Principal,
    identifiers: Identifiers,
    people: PeopleSource = this.profiles,
  ): Promise<Result<FoundPerson>> {
    const read = readIdentifiers(identifiers);
    if (!read.ok) return read;
    const asked = read.value;
    if (caller.kind === 'session') {
      const foreign = asked.find((identifier) => !isOwn(caller, identifier));
      if (foreign) {
        const detail = `This session does not speak for that ${foreign.namespace}.`;
        return fail(failure('DECISION.IDENTIFIER_NOT_ALLOWED', detail));
      }
      return ok(this.person(await this.own(caller), caller.anonymousId ?? ''));
    }
    const anonymousId = asked.find((identifier) => identifier.namespace === 'anonymous_id')?.value ?? null;
    for (const identifier of asked) {
      const found = people.recall(identifier) ?? (await people.findByIdentifier(identifier));
      if (found) return ok(this.person(found, anonymousId));
    }
    return ok(this.person(undefined, anonymousId));
  }

  /** The person of a profile's id, as a decision would see them. */
  async findById(id: string): Promise<FoundPerson | undefined> {
    const found = await this.profiles.findById(id);
    return found && this.person(found, null);
  }

  /** Whose data may not be used for it is decided for as a stranger. */
  person(found: CachedProfile | undefined, anonymousId: string | null): FoundPerson {
    if (!found) return { subject: { ...stranger(anonymousId), participant: strangerOf(anonymousId) } };
    const { record, view } = found;
    const standing = this.standings.recall(record.family);
    if (!mayUseProfile(standing, record))
      return { subject: stranger(anonymousId), restricted: standing.restricted };
    const participant = participantOf(record, anonymousId);
    const { id: profileId, version: profileVersion } = record;
    return { subject: { view, profileId, profileVersion, anonymousId, participant }, record };
  }

  /** Whose session it is: the person whom a user token vouched for, else whoever has the device. */
  private async own(caller: Principal): Promise<CachedProfile | undefined> {
    if (caller.userId !== undefined) {
      const herself = await this.profiles.findByIdentifier({ namespace: 'user_id', value: caller.userId });
      if (herself && provedUserIds(herself.record).includes(caller.userId)) return herself;
    }
    const proved = caller.proved === undefined ? undefined : parseIdentifier(caller.proved);
    if (proved?.ok) {
      const reached = await this.profiles.findByIdentifier(proved.value);
      if (reached && mayShow(undefined, reached.record, caller.proved)) return reached;
    }
    const device = { namespace: 'anonymous_id', value: caller.anonymousId ?? '' };
    const found = this.profiles.recall(device) ?? (await this.profiles.findByIdentifier(device));
    return found && mayShow(caller.userId, found.record, caller.proved) ? found : undefined;
  }
}

/** Identifiers in their one form, the strongest first. */
export function readIdentifiers(identifiers: Identifiers): Result<Identifier[]> {
  const read: Identifier[] = [];
  for (const name of Object.keys(identifiers)) {
    const identifier = normaliseIdentifier(name, identifiers[name] ?? '');
    if (!identifier.ok) return identifier;
    read.push(identifier.value);
  }
  return ok(read.length > 1 ? read.sort((a, b) => strength(a) - strength(b)) : read);
}

function isOwn(caller: Principal, { namespace, value }: Identifier): boolean {
  if (namespace === 'anonymous_id') return value === caller.anonymousId;
  return namespace === 'user_id' && caller.userId !== undefined && value === caller.userId;
}

/**
 * Whether a device of the person may see what is known of them.
 * @param userId whom the site's server vouched for
 * @param address `namespace:value` that whoever is there proved to have
 */
export function mayShow(userId: string | undefined, record: GoldenRecord, address?: string): boolean {
  const proved = record.identifiers.filter((held) => held.verified && held.namespace !== 'anonymous_id');
  if (proved.length === 0 || proved.some((held) => keyOf(held) === address)) return true;
  return userId !== undefined && provedUserIds(record).includes(userId);
}

function provedUserIds(record: GoldenRecord): string[] {
  return record.identifiers.flatMap(({ namespace, value, verified }) =>
    verified && namespace === 'user_id' ? [value] : [],
  );
}

function stranger(anonymousId: string | null): DecisionSubject {
  return { view: STRANGER, profileId: null, profileVersion: 0, anonymousId };
}
