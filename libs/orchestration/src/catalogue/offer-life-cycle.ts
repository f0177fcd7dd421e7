import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Catalogue, type CatalogueItem, CatalogueReader } from '@repartee/decisioning';
import {
  asked,
  bodyOf,
  calledOff,
  granted,
  type LifeAction,
  type OfferDocument,
  rejected,
  type Writing,
} from '@repartee/decisioning/domain';
import { Clock } from '@repartee/platform';
import { CatalogueEditor } from './catalogue-editor.js';

/** Whose word it is, on which version. */
export interface LifeCycleStep {
  key: string;
  version: number;
  writer: Writing;
  note?: string | undefined;
  /** ISO 8601: from when on it shall hold; at once unless given. */
  effectiveAt?: string | undefined;
}

/**
 * Draft → published → redraft → retired; at once or from a moment on, and with a second person's yes where a policy wants
 * it. Every step is a version of the offer, kept in the catalogue's history.
 */
@Injectable()
export class OfferLifeCycle {
  constructor(
    @Inject(CatalogueEditor) private readonly editor: CatalogueEditor,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(CatalogueReader) private readonly reader: CatalogueReader,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Writes what the offer will say when it is published next. What is in force stays. */
  async redraft(step: LifeCycleStep, draft: Record<string, unknown>): Promise<Result<CatalogueItem>> {
    const fits = await this.fits(step, { ...draft, key: step.key });
    if (!fits.ok) return fits;
    return this.change(step, 'draft', (offer) => ok({ ...offer, draft }));
  }

  /** Puts the draft in force, or the offer itself where it has none. */
  publish(step: LifeCycleStep): Promise<Result<CatalogueItem>> {
    return this.ask(step, 'publish', (offer) => ({
      ...((offer['draft'] as OfferDocument | undefined) ?? bodyOf(offer)),
      status: 'published',
    }));
  }

  /** Shows it to nobody any more; links and receipts go on to know it. */
  retire(step: LifeCycleStep): Promise<Result<CatalogueItem>> {
    return this.ask(step, 'retire', (offer) => ({ ...bodyOf(offer), status: 'retired' }));
  }

  /** Puts what the offer said by an earlier version in force again. */
  async rollback(step: LifeCycleStep, revision: number): Promise<Result<CatalogueItem>> {
    const past = await this.reader.past(step.key, revision);
    if (!past.ok) return past;
    return this.ask(step, 'rollback', () => ({ ...past.value, status: 'published' }));
  }

  /** Says yes to what was asked for. */
  async approve(step: LifeCycleStep): Promise<Result<CatalogueItem>> {
    const strict = await this.catalogue.wantsApproval(step.key);
    return this.change(step, 'approve', (offer) => {
      if (!offer.request) return fail(nothingPending(step.key));
      if (strict && offer.request.by === step.writer.by)
        return fail(failure('CATALOGUE.OWN_CHANGE', 'Nobody approves a change of their own here.'));
      return ok(granted(offer, this.word(step)));
    });
  }

  /** Says no to what was asked for. */
  reject(step: LifeCycleStep): Promise<Result<CatalogueItem>> {
    return this.change(step, 'reject', (offer) =>
      offer.request ? ok(rejected(offer, this.word(step))) : fail(nothingPending(step.key)),
    );
  }

  /** Calls off what was asked for, or is scheduled and not yet in force. */
  cancel(step: LifeCycleStep): Promise<Result<CatalogueItem>> {
    return this.change(step, 'cancel', (offer) =>
      offer.request || offer.scheduled ? ok(calledOff(offer)) : fail(nothingPending(step.key)),
    );
  }

  /** Asks for a change; where nobody else has to say yes, that is one. */
  private async ask(
    step: LifeCycleStep,
    action: LifeAction,
    become: (offer: OfferDocument) => Record<string, unknown>,
  ): Promise<Result<CatalogueItem>> {
    const held = await this.reader.get('offer', step.key);
    if (!held.ok) return held;
    const document = { ...become(documentOf(held.value)), key: step.key };
    const fits = await this.fits(step, document);
    if (!fits.ok) return fits;
    const waits = await this.catalogue.wantsApproval(step.key);
    return this.change(step, action, (offer) => {
      if (offer.request || offer.scheduled)
        return fail(
          failure('CATALOGUE.CHANGE_PENDING', `A change of ${step.key} is waiting: call it off first.`),
        );
      const word = this.word(step);
      const request = asked(offer, action, document, word);
      return ok(waits ? request : granted(request, { by: word.by, at: word.at }));
    });
  }

  private fits({ key }: LifeCycleStep, document: Record<string, unknown>): Promise<Result<unknown>> {
    return this.editor.check({ entry: { kind: 'offer', key }, document, writer: null });
  }

  private word({ writer: { by }, note, effectiveAt }: LifeCycleStep) {
    return { by, at: new Date(this.clock.now()).toISOString(), note, effectiveAt };
  }

  /** A change in between is refused by its version. */
  private async change(
    { key, version, writer }: LifeCycleStep,
    name: string,
    step: (offer: OfferDocument) => Result<OfferDocument>,
  ): Promise<Result<CatalogueItem>> {
    const held = await this.reader.get('offer', key);
    if (!held.ok) return held;
    const next = step(documentOf(held.value));
    if (!next.ok) return next;
    return this.editor.replace({ kind: 'offer', key }, next.value, version, { ...writer, life: true }, name);
  }
}

function documentOf({ revision: _revision, updatedAt: _updatedAt, ...offer }: CatalogueItem): OfferDocument {
  return offer as OfferDocument;
}

function nothingPending(key: string) {
  return failure('CATALOGUE.NOTHING_PENDING', `No change of ${key} is waiting.`);
}
