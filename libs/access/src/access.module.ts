import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { GovernanceModule } from '@repartee/governance';
import { CallerIdentity, HousekeepingModule, RouteGate } from '@repartee/platform';
import { AccessRefresh } from './api/access-refresh.js';
import { AccessGuard } from './api/access.guard.js';
import { FirstKeyIssuer } from './api/first-keys.js';
import { KeyCallerIdentity } from './api/key-caller-identity.js';
import { KeyAdministration } from './api/key-administration.js';
import { KeysController } from './api/keys.controller.js';
import { Keys } from './api/keys.js';
import { OidcProvider } from './api/oidc/oidc-provider.js';
import { OidcSignIn } from './api/oidc/oidc-sign-in.js';
import { OidcSignOut } from './api/oidc/oidc-sign-out.js';
import { OidcController } from './api/oidc/oidc.controller.js';
import { AccountAdministration } from './api/people/account-administration.js';
import { AccountsController } from './api/people/accounts.controller.js';
import { FirstAccountMaker } from './api/people/first-accounts.js';
import { KnownBrowsers } from './api/people/known-browsers.js';
import { PasswordHasher } from './api/people/password-hasher.js';
import { PasswordsController } from './api/people/passwords.controller.js';
import { Passwords } from './api/people/passwords.js';
import { PersonSessions } from './api/people/person-sessions.js';
import { SessionsController } from './api/people/sessions.controller.js';
import { SignIn } from './api/people/sign-in.js';
import { SignOut } from './api/people/sign-out.js';
import { SignInSweep } from './api/people/sign-in-sweep.js';
import { SessionTokens } from './api/session-tokens.js';
import { TokenSigner } from './api/token-signer.js';
import { UserTokens } from './api/user-tokens.js';
import { KeyStore } from './persistence/key-store.js';
import { AccountStore } from './persistence/people/account-store.js';
import { OidcFlowStore } from './persistence/people/oidc-flow-store.js';
import { PersonSessionStore } from './persistence/people/session-store.js';
import { TryStore } from './persistence/people/try-store.js';
import { SigningKeyStore } from './persistence/signing-key-store.js';

const PEOPLE = [
  AccountAdministration,
  AccountStore,
  FirstAccountMaker,
  KnownBrowsers,
  OidcFlowStore,
  OidcProvider,
  OidcSignIn,
  OidcSignOut,
  PasswordHasher,
  Passwords,
  PersonSessions,
  PersonSessionStore,
  SignIn,
  SignInSweep,
  SignOut,
  TryStore,
];

/** Who may call. Importing it closes every route that has no rule. Wants `Database`, `Clock`, `CONFIG` and `Metrics` to be global. */
@Module({
  imports: [GovernanceModule, HousekeepingModule],
  controllers: [KeysController, SessionsController, PasswordsController, AccountsController, OidcController],
  providers: [
    ...PEOPLE,
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
  exports: [CallerIdentity, FirstAccountMaker, FirstKeyIssuer, Keys, SessionTokens, TokenSigner, UserTokens],
})
export class AccessModule {}
