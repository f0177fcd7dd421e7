import { Inject, Injectable } from '@nestjs/common';
import { Sources } from '@repartee/governance';
import { API_SOURCE, type SourceRank } from './domain/index.js';

/** Says how far each source is trusted and whose data it brings. */
export abstract class SourceRanks {
  /** Answers from memory: it is asked for every statement of a ranked trait. */
  abstract rankOf(source: string): SourceRank;
  /** Changes whenever an answer does: traits that hang on ranks are settled anew then. */
  abstract readonly fingerprint: string;
}

/** Somebody looked at this person and wrote it down. */
const BY_HAND: SourceRank = { rank: 100, party: 'first' };

/** Ranks from the registry of sources. What people edit by hand ranks highest. */
@Injectable()
export class RegisteredSourceRanks extends SourceRanks {
  constructor(@Inject(Sources) private readonly sources: Sources) {
    super();
  }

  rankOf(source: string): SourceRank {
    if (source === API_SOURCE) return BY_HAND;
    const { trustRank, party } = this.sources.traitsOf(source);
    return { rank: trustRank, party };
  }

  get fingerprint(): string {
    return [...this.sources.registered]
      .map(({ key, trustRank, party }) => `${key}:${trustRank}:${party}`)
      .sort()
      .join(' ');
  }
}
