/** What a sender who asked `Prefer: visible` is told. */
export interface VisibleState {
  visible: boolean;
  profileId?: string;
  profileVersion?: number;
}

/**
 * Knows when events show in golden records and decisions of every live process. A higher floor provides it;
 * see {@link Ingest.useVisibility}.
 */
export interface Visibility {
  /** Resolves when the last of the events shows, or at the deadline (`performance.now()` time). */
  wait(eventIds: string[], deadline: number): Promise<VisibleState>;
}
