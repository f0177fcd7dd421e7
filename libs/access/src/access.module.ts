import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CallerIdentity, RouteGate } from '@repartee/platform';
import { AccessRefresh } from './api/access-refresh.js';
import { AccessGuard } from './api/access.guard.js';
import { FirstKeyIssuer } from './api/first-keys.js';
import { KeyCallerIdentity } from './api/key-caller-identity.js';
import { KeyAdministration } from './api/key-administration.js';
import { KeysController } from './api/keys.controller.js';
import { Keys } from './api/keys.js';
import { SessionTokens } from './api/session-tokens.js';
import { TokenSigner } from './api/token-signer.js';
import { UserTokens } from './api/user-tokens.js';
import { KeyStore } from './persistence/key-store.js';
import { SigningKeyStore } from './persistence/signing-key-store.js';

/** Who may call. Importing it closes every route that has no rule. Wants `Database`, `Clock` and `CONFIG` to be global. */
@Module({
  controllers: [KeysController],
  providers: [
    AccessGuard,
    { provide: APP_GUARD, useExisting: AccessGuard },
    { provide: RouteGate, useExisting: AccessGuard },
    { provide: CallerIdentity, useClass: KeyCallerIdentity },
    AccessRefresh,
    FirstKeyIssuer,
    KeyAdministration,
    Keys,
    KeyStore,
    SessionTokens,
    SigningKeyStore,
    TokenSigner,
    UserTokens,
  ],
  exports: [CallerIdentity, FirstKeyIssuer, Keys, SessionTokens, TokenSigner, UserTokens],
})
export class AccessModule {}
