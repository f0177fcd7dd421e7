import { Inject, Injectable } from '@nestjs/common';
import { type DecisionRequest, ok, type Result } from '@repartee/contracts';
import type { HypotheticalCase } from '@repartee/decisioning';
import { type Identifier, keyOf, parseIdentifier } from '@repartee/identity/domain';
import { Clock, newId } from '@repartee/platform';
import { type CachedProfile, ColdProfiles } from '@repartee/profile';
import { PersonFinder } from '../decide/person-finder.js';
import type { SimulateRequest } from './simulate-schemas.js';

/** Golden records read at once: parsing them must not hold up others for long. */
const PAGE = 25;
/** People looked at, at most, for those of whom a rule holds. */
const MOST_LOOKED_AT = 200_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What would be asked for everybody. */
type Asked = Pick<SimulateRequest, 'channel' | 'zones' | 'context' | 'timeZone'>;

/** Makes questions of stored people. */
@Injectable()
export class PeopleCases {
  constructor(
    @Inject(ColdProfiles) private readonly profiles: ColdProfiles,
    @Inject(PersonFinder) private readonly people: PersonFinder,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Profiles by id or `namespace:value`, in their order; null for those that nobody is. */
  async named(
    references: readonly string[],
    request: Asked,
  ): Promise<Result<{ reference: string; case: HypotheticalCase | null }[]>> {
    const identifiers: Identifier[] = [];
    const keys = new Map<string, string>();
    for (const reference of references.filter((one) => !UUID.test(one))) {
      const identifier = parseIdentifier(reference);
      if (!identifier.ok) return identifier;
      identifiers.push(identifier.value);
      keys.set(reference, keyOf(identifier.value));
    }
    const byId = await this.profiles.byIds(
      references.filter((one) => UUID.test(one)).map((id) => id.toLowerCase()),
    );
    const byKey = await this.profiles.byIdentifiers(identifiers);
    return ok(
      references.map((reference) => {
        const key = keys.get(reference);
        const found = key === undefined ? byId.get(reference.toLowerCase()) : byKey.get(key);
        return { reference, case: found ? this.caseOf(found, request, 'named') : null };
      }),
    );
  }

  /** People drawn at random, a page at a time. */
  async *drawn({ sample, ...request }: SimulateRequest): AsyncGenerator<HypotheticalCase[]> {
    const { size = 1000, where, seed = '' } = sample ?? {};
    const ids = await this.profiles.draw(where === undefined ? size : MOST_LOOKED_AT, seed);
    for (let from = 0; from < ids.length; from += PAGE) {
      const page = ids.slice(from, from + PAGE);
      const found = await this.profiles.byIds(page);
      yield page.flatMap((id) => {
        const profile = found.get(id);
        return profile ? [this.caseOf(profile, request, seed)] : [];
      });
    }
  }

  population(): Promise<number> {
    return this.profiles.count();
  }

  private caseOf(
    profile: CachedProfile,
    { channel = '', zones = [], context, timeZone }: Asked,
    seed: string,
  ): HypotheticalCase {
    const { subject, restricted = false } = this.people.person(profile, null);
    const question: Pick<DecisionRequest, 'channel' | 'zones' | 'context' | 'timeZone'> = {
      channel,
      zones,
      context,
      timeZone,
    };
    return {
      subject,
      question: { ...question, dialogueId: newId(), fallbackOnly: restricted },
      at: this.clock.now(),
      seed: `${seed}/${profile.record.id}`,
    };
  }
}
