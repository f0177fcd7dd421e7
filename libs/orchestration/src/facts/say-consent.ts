import { Inject, Injectable } from '@nestjs/common';
import type { Identifier } from '@repartee/identity/domain';
import { Ingest, type Ingested } from '@repartee/ingestion';
import { newId } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import type { ConsentPayload, ConsentProof } from '@repartee/profile/domain';
import { internalEvent } from '../process-event/internal-event.js';

/** Consent that somebody gave or took back on a channel. */
export interface SaidConsent {
  /** A person we know, or an address that may be somebody's. */
  who: { profileId: string } | Identifier;
  key: string;
  status: 'granted' | 'denied';
  /** Milliseconds since the epoch. */
  at: number;
  /** The same fact counts once. */
  factId: string;
  proof: ConsentProof;
}

/** Writes consent that was said on a channel into the person's record, where the person is known. */
@Injectable()
export class SayConsent {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Ingest) private readonly ingest: Ingest,
  ) {}

  /** @returns what is in the log now; undefined when nobody has the address: then the address alone remembers */
  async say({ who, key, status, at, factId, proof }: SaidConsent): Promise<Ingested | undefined> {
    const profileId =
      'profileId' in who ? who.profileId : (await this.profiles.findByIdentifier(who))?.record.id;
    if (profileId === undefined) return undefined;
    const payload: ConsentPayload = { profileId, consents: [{ key, status, proof }], preferences: {} };
    const said = await this.ingest.internal([
      internalEvent({
        id: newId(),
        type: 'consent',
        name: 'consent',
        messageId: `fact:${factId}:consent`,
        at,
        subject: profileId,
        payload,
      }),
    ]);
    if (!said.ok) throw new Error(said.failure.detail);
    return said.value;
  }
}
