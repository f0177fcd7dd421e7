import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, type Result } from '@repartee/contracts';
import { normaliseIdentifier } from '@repartee/identity/domain';
import { Clock } from '@repartee/platform';
import type { Device } from '../../persistence/devices/device-store.js';
import { CODE_LIFETIME, CodeStore, phoneDigestOf } from '../../persistence/kiosk/code-store.js';
import { digestOf, newPhoneCode, sameDigest } from '../devices/device-secrets.js';
import { type OpenVisit, Visits } from './visits.js';

/** A code on its way to a number. */
export interface SentCode {
  visitId: string;
  phone: string;
  code: string;
  language: string | undefined;
  /** Milliseconds since the epoch; past it the text is of no use. */
  validUntil: number;
}

/** Sends codes to numbers; a higher floor registers it. It says the same whether anybody is known by the number. */
export abstract class CodeSender {
  /** Fails with KIOSK.CODES_NOT_OFFERED. */
  abstract send(code: SentCode): Promise<Result<void>>;
  /** Whether there is a text to send. */
  abstract offered(): boolean;
}

const NOT_OFFERED = fail(
  failure('KIOSK.CODES_NOT_OFFERED', 'No treatment `kiosk.code` says what a text with a code looks like.'),
);
const OVER = fail(
  failure('KIOSK.CODE_OVER', 'Begin again: the code was used, is too old, or was tried too often.'),
);

/** Visits of people who say a number and prove that they read what is sent there. */
@Injectable()
export class PhoneVisits {
  private sender: CodeSender | undefined;

  constructor(
    @Inject(Visits) private readonly visits: Visits,
    @Inject(CodeStore) private readonly codes: CodeStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A higher floor says how codes are sent. Once, at start. */
  useSender(sender: CodeSender): void {
    this.sender = sender;
  }

  /** Whether codes can be sent at all. */
  offered(): boolean {
    return this.sender?.offered() ?? false;
  }

  /** Begins a visit and sends a code. Fails with KIOSK.CODES_NOT_OFFERED, KIOSK.TOO_MANY_CODES. */
  async begin(
    device: Device,
    { phone: typed, language }: { phone: string; language?: string | undefined },
  ): Promise<Result<OpenVisit & { phone: string }>> {
    if (!this.sender || !this.offered()) return NOT_OFFERED;
    const number = normaliseIdentifier('phone', typed);
    if (!number.ok) return number;
    const phone = number.value.value;
    const code = newPhoneCode();
    const begun = await this.visits.begin(device, { by: 'phone', phone });
    if (!begun.ok) return begun;
    const visitId = begun.value.id;
    const noted = await this.codes.add({
      ...{ visitId, deviceId: device.id, phoneDigest: phoneDigestOf(phone) },
      digest: codeDigest(visitId, phone, code),
    });
    if (!noted) {
      await this.visits.end(device, visitId);
      return fail(failure('KIOSK.TOO_MANY_CODES', 'Too many codes were sent of late; try another way.'));
    }
    const validUntil = this.clock.now() + CODE_LIFETIME;
    const sent = await this.sender.send({ visitId, phone, code, language, validUntil });
    return sent.ok ? { ok: true, value: { ...begun.value, phone } } : sent;
  }

  /** Fails with KIOSK.VISIT_ENDED, KIOSK.WRONG_CODE, KIOSK.CODE_OVER. */
  async prove(
    device: Device,
    id: string,
    { phone: typed, code }: { phone: string; code: string },
  ): Promise<Result<OpenVisit>> {
    const number = normaliseIdentifier('phone', typed);
    if (!number.ok) return number;
    const phone = number.value.value;
    const visit = await this.visits.touch(device, id);
    if (!visit.ok) return visit;
    const tried = await this.codes.attempt(id);
    if (!tried) return OVER;
    const { triesLeft } = tried;
    if (!sameDigest(tried.digest, codeDigest(id, phone, code)))
      return fail(failure('KIOSK.WRONG_CODE', 'That is not the code.', { extra: { triesLeft } }));
    return (await this.codes.use(tried.id)) ? this.visits.provePhone(device, id, phone) : OVER;
  }
}

function codeDigest(visitId: string, phone: string, code: string): string {
  return digestOf(`${visitId}:${phone}:${code}`);
}
