import { Inject, Injectable } from '@nestjs/common';
import { Classifications } from '@repartee/governance';
import { Profiles, RecordViews, TraitBooks } from '@repartee/profile';
import type { GoldenRecord, ProfileDocument } from '@repartee/profile/domain';
import type { PersonCard } from './desk-schemas.js';
import { maskText, maskTraits } from '../masking/masks.js';

/** Shows who somebody is, or as much of it as those may see whom nobody has proved to be that person. */
@Injectable()
export class PersonCards {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(RecordViews) private readonly views: RecordViews,
    @Inject(TraitBooks) private readonly books: TraitBooks,
    @Inject(Classifications) private readonly classifications: Classifications,
  ) {}

  of(record: GoldenRecord, masked: boolean): PersonCard {
    return this.ofDocument(this.views.document(record), masked);
  }

  ofDocument(document: ProfileDocument, masked: boolean): PersonCard {
    const { id, version, traits, identifiers, consents, preferences, computed, segments } = document;
    const { firstSeen, lastSeen } = document;
    const name = nameOf(traits);
    return {
      profileId: id,
      version,
      masked,
      name: masked && name !== null ? maskText(name) : name,
      traits: masked ? maskTraits(traits, this.classifications.current) : traits,
      identifiers: identifiers.map(({ namespace, value, verified }) => ({
        namespace,
        value: masked ? maskText(value) : value,
        verified,
      })),
      consents: consentsOf(consents),
      preferences,
      computed,
      segments: masked ? [] : this.named(segments),
      firstSeen,
      lastSeen,
    };
  }

  private named(segments: readonly string[]): PersonCard['segments'] {
    if (segments.length === 0) return [];
    const names = new Map(this.books.segments().map(({ key, name }) => [key, name]));
    return segments.map((key) => ({ key, name: names.get(key) ?? key }));
  }

  /** Who may be calling from a number that several people share. */
  async candidates(profileIds: readonly string[]) {
    const found = await Promise.all(profileIds.slice(0, MOST).map((id) => this.profiles.findById(id)));
    return found.flatMap((one) => {
      if (!one) return [];
      const { id, traits, lastSeen } = this.views.document(one.record);
      const [name, email] = [nameOf(traits), traits['email']];
      return [
        {
          profileId: id,
          name: name === null ? null : maskText(name),
          email: typeof email === 'string' ? maskText(email) : null,
          lastSeen,
        },
      ];
    });
  }
}

const MOST = 10;

function nameOf(traits: Readonly<Record<string, unknown>>): string | null {
  const text = (key: string): string => (typeof traits[key] === 'string' ? traits[key] : '');
  const [first, last] = [text('firstName') || text('first_name'), text('lastName') || text('last_name')];
  return text('name') || `${first} ${last}`.trim() || null;
}

function consentsOf(consents: ProfileDocument['consents']): PersonCard['consents'] {
  return Object.entries(consents).map(([key, { status, channel, purpose, dataUse, at }]) => ({
    key,
    status,
    channel: channel ?? null,
    purpose,
    dataUse: dataUse ?? null,
    at,
  }));
}
