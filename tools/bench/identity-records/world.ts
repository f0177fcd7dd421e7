import type { MatchField } from '@repartee/identity/domain';

export type Fields = Partial<Record<MatchField, string | undefined>>;

/** A kind of people and the ways in which their records go wrong. */
export interface World {
  person: () => Fields;
  /** The same person, as another record tells of them. */
  again: (original: Fields) => Fields;
}
