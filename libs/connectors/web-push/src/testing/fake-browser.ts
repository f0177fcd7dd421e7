import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

const HEADER = 16 + 4 + 1;
const TAG = 16;

/** A browser that subscribes and reads what comes: keys, and decryption by RFC 8291 and RFC 8188 alone. */
export class FakeBrowser {
  private readonly keys = createECDH('prime256v1');
  private readonly secret = randomBytes(16);

  constructor(private readonly endpoint: string) {
    this.keys.generateKeys();
  }

  /** As `PushSubscription.toJSON` gives it. */
  get subscription() {
    return {
      endpoint: this.endpoint,
      keys: { p256dh: this.keys.getPublicKey('base64url'), auth: this.secret.toString('base64url') },
    };
  }

  /** Decrypts the body of one message. Throws when it was not meant for this browser. */
  read(body: Buffer): Record<string, unknown> {
    const salt = body.subarray(0, 16);
    const start = HEADER + (body[20] ?? 0);
    const sender = body.subarray(HEADER, start);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.keys.getPublicKey(), sender]);
    const ikm = Buffer.from(hkdfSync('sha256', this.keys.computeSecret(sender), this.secret, info, 32));
    const derive = (label: string, length: number) =>
      Buffer.from(hkdfSync('sha256', ikm, salt, `Content-Encoding: ${label}\0`, length));
    const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
    decipher.setAuthTag(body.subarray(body.length - TAG));
    const padded = Buffer.concat([
      decipher.update(body.subarray(start, body.length - TAG)),
      decipher.final(),
    ]);
    // One record, the last: a delimiter of 2, and zeros behind it.
    return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString()) as Record<string, unknown>;
  }
}
