import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, CONFIG, type Config, Database, isPrivateAddress, newId } from '@repartee/platform';
import { ConfigurationAudit } from '../catalogue/configuration-audit.js';
import { type Endpoint, type EndpointFields, EndpointStore } from './endpoint-store.js';
import { TEST_TYPE } from './event-types.js';
import { MessageStore } from './message-store.js';
import { WebhookLanes } from './webhook-lanes.js';

/** Makes and changes webhooks. What it changes is in force here with the answer, in other processes a second later. */
@Injectable()
export class EndpointDesk {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EndpointStore) private readonly store: EndpointStore,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(WebhookLanes) private readonly lanes: WebhookLanes,
    @Inject(ConfigurationAudit) private readonly audit: ConfigurationAudit,
    @Inject(CONFIG) private readonly config: Pick<Config, 'webhooksPrivate'>,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  list(): Promise<Endpoint[]> {
    return this.store.all();
  }

  async get(id: string): Promise<Result<Endpoint>> {
    const found = await this.store.find(id);
    return found ? ok(found) : fail(failure('WEBHOOK.NOT_FOUND', 'There is no webhook with this id'));
  }

  async create(fields: EndpointFields, by: string): Promise<Result<{ endpoint: Endpoint; key: string }>> {
    const refused = this.refusalOf(fields.url);
    if (refused) return refused;
    await this.audit.prepare();
    const made = await this.database.transaction(async (tx) => {
      const added = await this.store.add(tx, fields);
      await this.audit.record(tx, by, subjectOf(added.endpoint.id), { step: 'create', url: fields.url });
      return added;
    });
    await this.lanes.look();
    return ok(made);
  }

  async replace(id: string, fields: EndpointFields, version: number, by: string): Promise<Result<Endpoint>> {
    const refused = this.refusalOf(fields.url);
    if (refused) return refused;
    await this.audit.prepare();
    const replaced = await this.database.transaction(async (tx) => {
      const endpoint = await this.store.replace(tx, id, fields, version);
      if (endpoint) await this.audit.record(tx, by, subjectOf(id), { step: 'replace', url: fields.url });
      return endpoint;
    });
    if (!replaced) return this.stale(id);
    await this.lanes.look();
    return ok(replaced);
  }

  async remove(id: string, version: number, by: string): Promise<Result<void>> {
    await this.audit.prepare();
    const removed = await this.database.transaction(async (tx) => {
      const gone = await this.store.remove(tx, id, version);
      if (gone) await this.audit.record(tx, by, subjectOf(id), { step: 'remove' });
      return gone;
    });
    if (!removed) return this.stale(id);
    await this.lanes.look();
    return ok(undefined);
  }

  /** @returns the new key; those before it sign beside it for a while */
  async rotate(id: string, overlapSeconds: number, by: string): Promise<Result<string>> {
    const found = await this.get(id);
    if (!found.ok) return found;
    await this.audit.prepare();
    const key = await this.database.transaction(async (tx) => {
      const made = await this.store.rotate(tx, found.value, overlapSeconds);
      await this.audit.record(tx, by, subjectOf(id), { step: 'rotate-secret' });
      return made;
    });
    return ok(key);
  }

  /** Sends a message of no meaning, enabled types or not. @returns its id */
  async test(id: string): Promise<Result<string>> {
    const found = await this.get(id);
    if (!found.ok) return found;
    if (!found.value.enabled) return fail(failure('WEBHOOK.DISABLED', 'Enable the webhook first'));
    const at = this.clock.now();
    const data = { hello: found.value.description };
    const happening = { id: newId(), type: TEST_TYPE, subject: id, at, data };
    await this.messages.add(this.database, [happening], id);
    this.lanes.ring();
    return ok(happening.id);
  }

  /** An address that is one as it stands; names are looked at when they are called. */
  private refusalOf(url: string): Result<never> | undefined {
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
    if (this.config.webhooksPrivate || (isNumeric(host) ? !isPrivateAddress(host) : host !== 'localhost'))
      return undefined;
    return fail(
      failure(
        'WEBHOOK.PRIVATE_ADDRESS',
        `${host} is not a public address; REPARTEE_WEBHOOKS_PRIVATE allows those`,
      ),
    );
  }

  private async stale(id: string): Promise<Result<never>> {
    const found = await this.get(id);
    if (!found.ok) return found;
    return fail(failure('HTTP.PRECONDITION_FAILED', `The present version is "${found.value.version}".`));
  }
}

/** A host as `URL` gives it: numbers in whatever notation have become the usual one. */
function isNumeric(host: string): boolean {
  return /^[\d.]+$|:/.test(host);
}

function subjectOf(id: string): string {
  return `webhook/${id}`;
}
