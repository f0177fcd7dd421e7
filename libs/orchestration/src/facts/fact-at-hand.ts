import type { FactKind, FactOf } from '@repartee/contracts';
import type { StoredFact } from '@repartee/delivery';
import type { Transaction } from '@repartee/platform';

/** A stored fact of one kind. */
export type FactAtHand<K extends FactKind> = Omit<StoredFact, 'fact'> & { fact: FactOf<K> };

/** Writes the rest of a fact's effects in the transaction that marks it done. */
export type Finish = (also?: (tx: Transaction) => Promise<void>) => Promise<void>;
