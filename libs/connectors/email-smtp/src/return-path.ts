import { createHmac, timingSafeEqual } from 'node:crypto';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ID_BYTES = 16;
/** 80 bits of HMAC: nobody guesses one, and the token stays within a local part (64 octets, RFC 5321). */
const MAC_BYTES = 10;
const TOKEN = '[a-z2-7]{42}';
/** Lower case alone, as mail servers may change the case of addresses (RFC 4648 section 6). */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** Longest part before the token: `+` and the token follow. */
export const MAX_BOUNCE_USER = 64 - 42 - 1;

/** The settings it goes by. */
export interface ReturnPathSettings {
  bounceAddress?: string | undefined;
  bounceKey?: string | undefined;
}

/**
 * A return path for each attempt (VERP): a bounce comes back to an address that names the attempt, whatever the bounce
 * itself says. `bounces@example.org` becomes `bounces+<token>@example.org`, `@bounces.example.org`
 * `<token>@bounces.example.org`. The token is keyed, so that nobody makes one up.
 */
export class ReturnPaths {
  readonly #user: string;
  readonly #domain: string;
  readonly #pattern: RegExp;

  constructor(
    bounceAddress: string,
    private readonly key: string,
  ) {
    const [user = '', domain = ''] = bounceAddress.toLowerCase().split('@');
    this.#user = user === '' ? '' : `${user}+`;
    this.#domain = domain;
    this.#pattern = new RegExp(`${literally(this.#user)}(${TOKEN})@${literally(domain)}`, 'gi');
  }

  /** Undefined where the settings name no bounce address, or no key. */
  static of({ bounceAddress, bounceKey }: ReturnPathSettings): ReturnPaths | undefined {
    return bounceAddress === undefined || bounceKey === undefined
      ? undefined
      : new ReturnPaths(bounceAddress, bounceKey);
  }

  /** @returns undefined where the attempt's id is no UUID */
  addressOf(attemptId: string): string | undefined {
    if (!UUID.test(attemptId)) return undefined;
    const id = Buffer.from(attemptId.replaceAll('-', ''), 'hex');
    return `${this.#user}${base32(Buffer.concat([id, this.#mac(id)]))}@${this.#domain}`;
  }

  /** The attempt of the first genuine return path in a text, wherever it stands. */
  attemptIn(text: string): string | undefined {
    for (const [, token = ''] of text.matchAll(this.#pattern)) {
      const bytes = fromBase32(token.toLowerCase());
      const id = bytes.subarray(0, ID_BYTES);
      if (timingSafeEqual(bytes.subarray(ID_BYTES), this.#mac(id))) return uuidOf(id);
    }
    return undefined;
  }

  #mac(id: Buffer): Buffer {
    return createHmac('sha256', this.key).update('return-path').update(id).digest().subarray(0, MAC_BYTES);
  }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function uuidOf(id: Buffer): string {
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** 26 bytes are 208 bits: 41 characters and 3 bits, filled up with zeros. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function fromBase32(token: string): Buffer {
  const bits = [...token].map((one) => ALPHABET.indexOf(one).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
