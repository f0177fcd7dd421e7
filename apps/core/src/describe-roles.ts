import {
  authorize,
  grantsOf,
  ROLES,
  type AccessRule,
  type Principal,
  type Role,
} from '@repartee/access/domain';
import { discoverRoutes, type DiscoveredRoute, loadConfig, Logger, type OpenRoute } from '@repartee/platform';
import { CoreModule } from './core.module.js';
import { controllersBelow } from './openapi.js';

/** Who may call one route. */
export interface DescribedRule {
  /** Upper case. */
  method: string;
  path: string;
  summary: string;
  /** Why anybody may call it; undefined where somebody may not. */
  open?: string;
  /** Keys and tokens that may, beside the roles. */
  kinds: readonly string[];
  roles: readonly Role[];
}

/** Who may call which route, from the rules that the guard goes by; without a database and without a port. */
export function describeRoles(): DescribedRule[] {
  const config = loadConfig({});
  if (!config.ok) throw new Error(config.failure);
  const logger = new Logger({ level: 'silent' });
  const root = CoreModule.forRoot({ config: config.value, databaseUrl: '', logger });
  return discoverRoutes([...controllersBelow(root)]).map(describe);
}

function describe({ method, path, doc, access }: DiscoveredRoute): DescribedRule {
  const rule = access as OpenRoute | AccessRule;
  const route = { method: method.toUpperCase(), path, summary: doc?.summary ?? '' };
  if ('open' in rule) return { ...route, open: rule.reason, kinds: [], roles: [...ROLES] };
  const may = (role: Role) => authorize(rule, somebodyAs(role), route.method, () => path).ok;
  const keys = rule.kinds.filter((kind) => kind !== 'person');
  const kinds = keys.length > 0 ? [...new Set([...keys, 'admin'])] : [];
  return { ...route, kinds, roles: ROLES.filter(may) };
}

function somebodyAs(role: Role): Principal {
  const { scopes, adminScopes } = grantsOf([role]);
  const person = { accountId: '', email: '', name: '', roles: [role], adminScopes, sessionId: '' };
  return { kind: 'person', keyId: '', source: '', scopes, person };
}
