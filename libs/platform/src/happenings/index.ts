import { Global, Module } from '@nestjs/common';
import { Happenings } from './happenings.js';

export { type Happening, Happenings, type Teller } from './happenings.js';

@Global()
@Module({ providers: [Happenings], exports: [Happenings] })
export class HappeningsModule {}
