/** GDPR articles 17, 18 and 21. */
export const REQUEST_KINDS = ['erase', 'restrict', 'object'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What a person may object to (article 21). */
export const OBJECTIONS = ['direct_marketing', 'profiling'] as const;
export type Objection = (typeof OBJECTIONS)[number];

export const REQUEST_STATUSES = ['running', 'completed'] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** How one scope or connector stands to a request. `failed` is tried again. */
export const STEP_STATUSES = ['done', 'failed', 'not_supported'] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** What one scope or connector did about a request. */
export interface RequestStep {
  /** A scope's name, or `connector:<name>`. */
  readonly scope: string;
  readonly status: StepStatus;
  /** Records removed or changed, over all rounds. */
  readonly records: number;
  readonly detail: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** How freely a person's data may be used. */
export interface Standing {
  /** Article 18: kept, and not used. */
  readonly restricted: boolean;
  readonly objections: readonly Objection[];
}

export const FREE: Standing = Object.freeze({ restricted: false, objections: [] });

/** The most restrictive of several: what holds for a person who came together from several profiles. */
export function strictest(standings: Iterable<Standing>): Standing {
  let restricted = false;
  const objections = new Set<Objection>();
  for (const standing of standings) {
    restricted ||= standing.restricted;
    for (const objection of standing.objections) objections.add(objection);
  }
  return restricted || objections.size > 0 ? { restricted, objections: [...objections].sort() } : FREE;
}

/** The standing after a request, or after it was taken back. */
export function changedStanding(
  { restricted, objections }: Standing,
  change: { kind: 'restrict' } | { kind: 'object'; scope: Objection },
  lifted: boolean,
): Standing {
  if (change.kind === 'restrict') return { restricted: !lifted, objections };
  const others = objections.filter((held) => held !== change.scope);
  return { restricted, objections: lifted ? others : [...others, change.scope].sort() };
}

/** Whether decisions may use what is known of the person. */
export function mayProfile({ restricted, objections }: Standing): boolean {
  return !restricted && !objections.includes('profiling');
}

/** Whether a message of this class may be sent, as far as the person's standing goes. Says why not. */
export function objectionTo(
  messageClass: 'marketing' | 'transactional',
  standing: Standing,
): string | undefined {
  if (standing.restricted) return 'processing is restricted';
  if (messageClass === 'marketing' && standing.objections.includes('direct_marketing'))
    return 'the person objects to direct marketing';
  return undefined;
}

/** Milliseconds until a request that failed so often is tried again: a second, then ever longer, an hour at most. */
export function retryAfter(attempts: number): number {
  return Math.min(1000 * 2 ** Math.min(attempts, 20), 3_600_000);
}
