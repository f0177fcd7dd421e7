import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import { ConnectorGateway } from './connector-gateway.js';
import type { AddressWord } from './domain/address-state.js';
import { AddressStates } from './persistence/address-states.js';

/** Consent that an address gave or took back. */
export type EarlierWord = AddressWord & { channel: string; key: string };

/** Bus message `address.claimed`: an address that spoke before is somebody's now. */
export interface AddressClaimed {
  profileId: string;
  words: EarlierWord[];
}

interface Identifier {
  namespace: string;
  value: string;
}

/** What addresses said before they were anybody's. */
@Injectable()
export class EarlierWords {
  constructor(
    @Inject(ConnectorGateway) private readonly gateway: ConnectorGateway,
    @Inject(AddressStates) private readonly states: AddressStates,
  ) {}

  /** For each of the identifiers, in their order. */
  async of(tx: Transaction, identifiers: readonly Identifier[]): Promise<EarlierWord[][]> {
    const served = this.gateway.connectors();
    const addresses = identifiers.flatMap(({ namespace, value }) =>
      served
        .filter(({ addressNamespace }) => addressNamespace === namespace)
        .map(({ channel }) => ({ channel, address: value, namespace })),
    );
    const spoken = await this.states.spoken(tx, addresses);
    return identifiers.map(({ namespace, value }) =>
      spoken
        .filter(
          (one) =>
            one.address === value &&
            addresses.some((asked) => asked.channel === one.channel && asked.namespace === namespace),
        )
        .flatMap(({ channel, said }) =>
          Object.entries(said).map(([key, word]) => ({ channel, key, ...word })),
        ),
    );
  }
}
