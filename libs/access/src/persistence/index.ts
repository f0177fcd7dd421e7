import { AccessKeySecret } from './access-key-secret.entity.js';
import { AccessKey } from './access-key.entity.js';
import { CreateAccess1790000000200 } from './create-access.migration.js';
import { AccountIdentity } from './people/account-identity.entity.js';
import { AccountLink } from './people/account-link.entity.js';
import { AccountSession } from './people/account-session.entity.js';
import { Account } from './people/account.entity.js';
import { CreateAccounts1790000000330 } from './people/create-accounts.migration.js';
import { OidcFlow } from './people/oidc-flow.entity.js';
import { SignInTry } from './people/sign-in-try.entity.js';
import { SigningKey } from './signing-key.entity.js';
import { SigningSecret } from './signing-secret.entity.js';

/** The tables of access. */
export const accessEntities = [
  AccessKey,
  AccessKeySecret,
  SigningSecret,
  SigningKey,
  Account,
  AccountSession,
  AccountLink,
  AccountIdentity,
  SignInTry,
  OidcFlow,
];

/** The migrations that make them. */
export const accessMigrations = [CreateAccess1790000000200, CreateAccounts1790000000330];

export { AccessKeySecret, AccessKey, SigningKey, SigningSecret };
