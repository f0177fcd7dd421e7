/** A mail as the sandbox's list shows it. */
export interface MailSummary {
  id: string;
  from: string;
  to: string[];
  subject: string;
}

export interface Mail extends MailSummary {
  html: string | null;
  text: string | null;
  headers: { name: string; value: string }[];
  links: string[];
}

/** The sandbox's mailbox, read as a program reads it. */
export class Mailbox {
  constructor(private readonly url: string) {}

  /** What came for an address, newest first. */
  async to(address: string): Promise<MailSummary[]> {
    const { items } = await this.get<{ items: MailSummary[] }>(`?to=${encodeURIComponent(address)}`);
    return items;
  }

  mail(id: string): Promise<Mail> {
    return this.get(`/${id}`);
  }

  private async get<T>(rest: string): Promise<T> {
    const response = await fetch(`${this.url}/sandbox/api/messages${rest}`);
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    return (await response.json()) as T;
  }
}
