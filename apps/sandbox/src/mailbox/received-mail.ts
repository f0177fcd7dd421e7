/** A mail as SMTP handed it over. */
export interface ReceivedMail {
  envelopeFrom: string;
  envelopeTo: string[];
  source: Buffer;
}
