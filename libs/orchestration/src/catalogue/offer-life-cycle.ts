import { Inject, Injectable } from '@nestjs/common';
import { type Result } from '@repartee/contracts';
import { type CatalogueItem, CatalogueReader } from '@repartee/decisioning';
import { Clock } from '@repartee/platform';
import { CatalogueEditor } from './catalogue-editor.js';

/** Whose word it is, on which version. */
export interface LifeCycleStep {
  key: string;
  version: number;
  by: string;
}

type OfferDocument = Record<string, unknown>;

/** Draft → published → redraft → retired. Every step is a version of the offer, kept in the catalogue's history. */
@Injectable()
export class OfferLifeCycle {
  constructor(
    @Inject(CatalogueEditor) private readonly editor: CatalogueEditor,
    @Inject(CatalogueReader) private readonly reader: CatalogueReader,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Writes what the offer will say when it is published next. What is in force stays. */
  async redraft({ key, version }: LifeCycleStep, draft: OfferDocument): Promise<Result<CatalogueItem>> {
    const fits = await this.editor.check({ entry: { kind: 'offer', key }, document: { ...draft, key } });
    if (!fits.ok) return fits;
    return this.change(key, version, (offer) => ({ ...offer, draft }));
  }

  /** Puts the draft in force, or the offer itself where it has none. */
  publish({ key, version, by }: LifeCycleStep): Promise<Result<CatalogueItem>> {
    return this.change(key, version, ({ draft, ...offer }) => ({
      ...((draft as OfferDocument | undefined) ?? offer),
      status: 'published',
      approval: this.approval(by),
    }));
  }

  /** Shows it to nobody any more; links and receipts go on to know it. */
  retire({ key, version, by }: LifeCycleStep): Promise<Result<CatalogueItem>> {
    return this.change(key, version, (offer) => ({
      ...offer,
      status: 'retired',
      approval: this.approval(by),
    }));
  }

  private approval(by: string) {
    return { by, at: new Date(this.clock.now()).toISOString() };
  }

  /** A change in between is refused by its version. */
  private async change(
    key: string,
    version: number,
    step: (offer: OfferDocument) => OfferDocument,
  ): Promise<Result<CatalogueItem>> {
    const held = await this.reader.get('offer', key);
    if (!held.ok) return held;
    const { revision: _revision, updatedAt: _updatedAt, ...offer } = held.value;
    return this.editor.replace({ kind: 'offer', key }, step(offer), version);
  }
}
