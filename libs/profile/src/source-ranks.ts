import { defaultRank, type SourceRank } from './domain/traits/source-rank.js';

/**
 * Says how far each source is trusted and whose data it brings. The registry of sources is governance's: whoever wires
 * the product provides this port from it.
 */
export abstract class SourceRanks {
  /** Answers from memory: it is asked for every statement of a ranked trait. */
  abstract rankOf(source: string): SourceRank;
  /** Changes whenever an answer does: traits that hang on ranks are settled anew then. */
  abstract readonly fingerprint: string;
}

/** All sources are alike, but what people edit by hand ranks above them. */
export class EqualSourceRanks extends SourceRanks {
  readonly fingerprint = 'equal';

  rankOf(source: string): SourceRank {
    return defaultRank(source);
  }
}
