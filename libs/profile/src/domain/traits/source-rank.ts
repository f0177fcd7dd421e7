/** Whose data a source brings: the customer's own, a partner's, or bought. */
export type Party = 'first' | 'second' | 'third';

/** How far a source is trusted. */
export interface SourceRank {
  /** Higher is trusted more. */
  rank: number;
  party: Party;
}

/** Looks up a source. Must not wait: it is asked for every statement. */
export type RankOf = (source: string) => SourceRank;

/** Source of what people say of a person through the API. */
export const API_SOURCE = 'api';

const UNRANKED: SourceRank = Object.freeze({ rank: 50, party: 'first' });
/** Somebody looked at this person and wrote it down. */
const BY_HAND: SourceRank = Object.freeze({ rank: 100, party: 'first' });

/** Where no registry says otherwise: all sources are alike, but what people edit by hand ranks above them. */
export const defaultRank: RankOf = (source) => (source === API_SOURCE ? BY_HAND : UNRANKED);
