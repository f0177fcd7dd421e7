/** A text as the phone screen shows it. */
export interface PhoneText {
  id: string;
  /** Who wrote it: the person, or the number it came from. */
  by: 'person' | 'hub';
  /** The hub's number. */
  sender: string;
  text: string;
  status: string;
  /** Twilio's code of what went wrong. */
  error: number | null;
  /** ISO 8601. */
  date: string;
  segments: number;
}

/** A phone of the list. */
export interface PhoneSummary {
  number: string;
  preview: string;
  date: string;
  count: number;
  unread: number;
}

/** A phone with all its texts, oldest first. */
export interface Conversation {
  number: string;
  /** The number an answer goes to: the last one that wrote. */
  sender: string;
  /** Whether this phone opted out of that sender. */
  optedOut: boolean;
  texts: PhoneText[];
}
