import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Catalogue } from '@repartee/decisioning';
import { Deliveries } from '@repartee/delivery';
import { type CodeSender, PhoneVisits, type SentCode } from '@repartee/engagement';
import { Clock, Database } from '@repartee/platform';
import { Profiles } from '@repartee/profile';

/** Key of the treatment that says what a text with a code looks like; `kiosk.code.th` is preferred in Thai. */
const TEMPLATE = 'kiosk.code';
const MINUTE = 60_000;

/** Sends codes to numbers, by the same way out as every message: a number that wants no texts gets none. */
@Injectable()
export class SendPhoneCode implements CodeSender, OnModuleInit {
  constructor(
    @Inject(PhoneVisits) private readonly visits: PhoneVisits,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.visits.useSender(this);
  }

  offered(): boolean {
    return this.catalogue.snapshot.treatments.has(TEMPLATE);
  }

  async send({ visitId, phone, code, language, validUntil }: SentCode): Promise<Result<void>> {
    const { treatments } = this.catalogue.snapshot;
    const treatment = treatments.get(`${TEMPLATE}.${language ?? ''}`) ?? treatments.get(TEMPLATE);
    if (!treatment) return fail(failure('KIOSK.CODES_NOT_OFFERED', `There is no treatment ${TEMPLATE}.`));
    // Whoever proved the number or claimed it first; nobody where too many share it, and the kiosk does not learn that.
    const found = await this.profiles.findByIdentifier({ namespace: 'phone', value: phone });
    if (!found) return ok(undefined);
    await this.database.transaction((tx) =>
      this.deliveries.request(tx, {
        ...{ idempotencyKey: `kiosk:${visitId}`, profileId: found.record.id, channel: treatment.channel },
        ...{
          class: 'transactional',
          origin: 'kiosk',
          content: treatment.content,
          address: phone,
          validUntil,
        },
        data: { data: { code, minutes: Math.round((validUntil - this.clock.now()) / MINUTE) } },
      }),
    );
    return ok(undefined);
  }
}
