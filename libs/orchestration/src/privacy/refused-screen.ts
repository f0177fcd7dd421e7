import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DoNotContact } from '@repartee/governance';
import { RefusedTexts } from '@repartee/ingestion';
import { identifiersNamedIn } from './named-in-text.js';

/** Nothing of somebody who was erased is kept because it was wrong. */
@Injectable()
export class RefusedScreen implements OnModuleInit {
  constructor(
    @Inject(RefusedTexts) private readonly texts: RefusedTexts,
    @Inject(DoNotContact) private readonly doNotContact: DoNotContact,
  ) {}

  onModuleInit(): void {
    this.texts.register((text) => this.namesErased(text));
  }

  private namesErased(text: string): boolean {
    if (this.doNotContact.nobodyErased) return false;
    return identifiersNamedIn(text).some(
      (one) => this.doNotContact.isErased(one) || this.doNotContact.isErasedProfile(one.value),
    );
  }
}
