/** What the list shows of a mail. */
export interface MailSummary {
  id: string;
  /** Address of the sender. */
  from: string;
  fromName: string;
  /** Addresses the mail was delivered to: the envelope, not the header. */
  to: string[];
  subject: string;
  /** The first words of the text. */
  preview: string;
  /** When it was received, ISO 8601. */
  date: string;
  /** Bytes of the source. */
  size: number;
  seen: boolean;
}

/** A whole mail. */
export interface Mail extends MailSummary {
  html: string | null;
  text: string | null;
  headers: { name: string; value: string }[];
  /** Every address a reader could follow, from HTML and text, each once. */
  links: string[];
  attachments: { filename: string; mimeType: string; size: number }[];
}

/** One page of the list, newest first, with the counts of the whole mailbox. */
export interface MailPage {
  items: MailSummary[];
  nextCursor: string | null;
  total: number;
  unread: number;
}
