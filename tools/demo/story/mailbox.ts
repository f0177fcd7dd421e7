import type { Hub, Page } from '../system/hub.js';

/** What the mailbox's list says of a mail. */
export interface MailSummary {
  id: string;
  to: string[];
  subject: string;
  seen: boolean;
}

export interface Mail extends MailSummary {
  html: string | null;
  links: string[];
}

const PATH = '/sandbox/api/messages';
const PAGE = 200;

/** The mailbox of the sandbox. */
export class Mailbox {
  constructor(private readonly hub: Hub) {}

  /** Whether there is one. */
  async answers(): Promise<boolean> {
    try {
      await this.hub.get(`${PATH}?limit=1`);
      return true;
    } catch {
      return false;
    }
  }

  /** By address, the mails that hold `words`, newest first. */
  async find(words: string): Promise<Map<string, MailSummary[]>> {
    const found = new Map<string, MailSummary[]>();
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({
        q: words,
        limit: String(PAGE),
        ...(cursor !== null && { cursor }),
      });
      const page: Page<MailSummary> = await this.hub.get(`${PATH}?${query}`);
      for (const mail of page.items) {
        for (const address of mail.to) found.set(address, [...(found.get(address) ?? []), mail]);
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  }

  /** Opens a mail as a reader does. */
  async open(id: string): Promise<Mail> {
    const mail = await this.hub.get<Mail>(`${PATH}/${id}`);
    await this.hub.put(`${PATH}/${id}/seen`);
    return mail;
  }
}
