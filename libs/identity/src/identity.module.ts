import { Module } from '@nestjs/common';
import { IdentityStore } from './persistence/identity-store.js';

@Module({ providers: [IdentityStore], exports: [IdentityStore] })
export class IdentityModule {}
