import { Global, Module } from '@nestjs/common';
import { Happenings } from './happenings.js';

export { HAPPENING, type Happening, Happenings } from './happenings.js';

/** Wants `Bus` to be global. */
@Global()
@Module({ providers: [Happenings], exports: [Happenings] })
export class HappeningsModule {}
