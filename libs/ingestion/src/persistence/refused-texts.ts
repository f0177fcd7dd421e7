import { Injectable } from '@nestjs/common';

/** Stands where the text of a refused event would. */
export const NOT_KEPT = 'It names somebody who was erased; its text was not kept.';

/** Says which texts that were refused must not be kept. A higher floor knows. */
@Injectable()
export class RefusedTexts {
  private namesErased: (text: string) => boolean = () => false;

  /** Says how it is known that a text names somebody who was erased. Once, at start. */
  register(namesErased: (text: string) => boolean): void {
    this.namesErased = namesErased;
  }

  mayKeep(text: string): boolean {
    return !this.namesErased(text);
  }
}
