/** Two records that look like one person. */
export interface MatchEdge {
  /** Stable id of the edge; the last tie-break. */
  id: string;
  a: string;
  b: string;
  /** log2 odds. */
  weight: number;
  /** Lower comes first; equal for all edges of a batch. */
  priority: number;
  /** When the later of the two records was seen, in milliseconds. */
  at: number;
}

export type DropReason = 'size' | 'bridge';

export interface DroppedEdge {
  edge: MatchEdge;
  reason: DropReason;
}

export interface ClusterPolicy {
  /** Edges below are ignored: log2 odds. */
  mergeAt: number;
  /** Records in one cluster at most. */
  maxSize: number;
}

export interface Clustering {
  /** Clusters of two records or more; ids in order, clusters by their first id. */
  clusters: string[][];
  dropped: DroppedEdge[];
}
