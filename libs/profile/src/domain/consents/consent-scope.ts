/** What a consent is for: an opt-in to a channel for a purpose, or the use of data for one. */
export type ConsentSubject =
  { channel: string; purpose?: string; brand?: string; sender?: string } | { dataUse: string };

/** What a consent's name says. */
export interface NamedConsent {
  dataUse?: string;
  channel?: string;
  purpose: string;
  brand?: string;
  sender?: string;
}

/** What somebody is about to send. */
export interface ConsentAsked {
  channel: string;
  class: 'transactional' | 'marketing';
  purpose?: string | null;
  brand?: string | null;
  /** The address or number it goes out from; absent where that is not known beforehand: then any sender's denial counts. */
  sender?: string | null;
}

/** Marketing is what an opt-in to a channel is about unless it says otherwise. */
export const MARKETING = 'marketing';
/** A denial for all purposes holds for transactional messages too: what STOP to a number means. */
export const ALL_PURPOSES = 'all';

/** The name of a consent in a record: `email`, `newsletter/email`, `all/sms@+14155550100`, `email#acme`, `data:analytics`. */
export function consentKey(subject: ConsentSubject): string {
  if ('dataUse' in subject) return `data:${subject.dataUse}`;
  const { channel, purpose = MARKETING, brand, sender } = subject;
  const scope = `${brand === undefined ? '' : `#${brand}`}${sender === undefined ? '' : `@${sender.toLowerCase()}`}`;
  return `${purpose === MARKETING ? '' : `${purpose}/`}${channel}${scope}`;
}

/** What a consent's name says. */
export function consentSubject(key: string): NamedConsent {
  if (key.startsWith('data:')) return { dataUse: key.slice(5), purpose: key.slice(5) };
  const slash = key.indexOf('/');
  const purpose = slash < 0 ? MARKETING : key.slice(0, slash);
  const rest = key.slice(slash + 1);
  const [, channel = rest, brand, sender] = /^([^#@]*)(?:#([^@]*))?(?:@(.*))?$/.exec(rest) ?? [];
  return { purpose, channel, ...(brand !== undefined && { brand }), ...(sender !== undefined && { sender }) };
}

/**
 * Whether a consent has a say in what is asked: it is about the channel, for this or for every purpose, and for this
 * sender and brand or for all of them.
 */
export function consentCovers(consent: NamedConsent, asked: ConsentAsked): boolean {
  if (consent.dataUse !== undefined || consent.channel !== asked.channel) return false;
  const { purpose, brand, sender } = consent;
  const marketing = asked.class === 'marketing';
  const purposes =
    purpose === ALL_PURPOSES || (marketing && (purpose === MARKETING || purpose === asked.purpose));
  const brands = brand === undefined || brand === asked.brand;
  const senders = sender === undefined || asked.sender == null || sender === asked.sender.toLowerCase();
  return purposes && brands && senders;
}

/** The most restrictive of the consents that have a say; undefined where none has. */
export function standingConsent<Status extends string>(
  consents: Readonly<Record<string, { status: Status }>>,
  asked: ConsentAsked,
): Status | undefined {
  const having = Object.entries(consents).filter(([key]) => consentCovers(consentSubject(key), asked));
  const strict = (status: string) => having.find(([, consent]) => consent.status === status)?.[1].status;
  return strict('denied') ?? strict('pending') ?? having[0]?.[1].status;
}
