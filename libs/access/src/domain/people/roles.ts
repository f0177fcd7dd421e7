/** What people do here. One person may have several roles; what they may do adds up. */
export const ROLES = ['agent', 'supervisor', 'marketer', 'analyst', 'integrator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What a role may do, in the scopes that routes ask for. */
export interface Grants {
  /** On routes that servers may call. */
  readonly scopes: readonly string[];
  /** On routes that are for administrators. */
  readonly adminScopes: readonly string[];
}

const CATALOGUE_READ = ['zones', 'issues', 'groups', 'offers', 'treatments', 'policies'].map(
  (list) => `${list}:read`,
);

const AGENT = [
  ...CATALOGUE_READ,
  ...[
    'agents:write',
    'queues:read',
    'call-center:read',
    'tasks:read',
    'tasks:write',
    'calls:read',
    'calls:write',
  ],
  // They write what people say, and read people at the desk alone: it masks who is not verified.
  ...['profiles:write', 'dialogues:write', 'follow-ups:write', 'proposals:write'],
  ...['decisions:read', 'decisions:write', 'negotiations:write', 'responses:write', 'responses:read'],
  ...['items:read', 'stream:read'],
];

const ANALYST = [
  ...CATALOGUE_READ,
  ...['reports:read', 'experiments:read', 'models:read', 'learning:read', 'items:read', 'queues:read'],
  ...['decisions:read', 'configuration:read', 'sources:read', 'classification:read'],
];

/** The one table of what each role may do. */
export const ROLE_GRANTS: Readonly<Record<Role, Grants>> = {
  agent: { scopes: AGENT, adminScopes: [] },
  supervisor: {
    scopes: [
      ...AGENT,
      ...['profiles:read', 'dialogues:read', 'messages:read', 'messages:write', 'deliveries:read'],
      'merges:write',
      'reports:read',
      'board:read',
      'board:write',
      'privacy:read',
      'privacy:write',
    ],
    adminScopes: ['messages:write'],
  },
  marketer: {
    scopes: [
      ...ANALYST,
      ...['items:write', 'decisions:write', 'approvals:read', 'messages:read', 'stream:read', 'flags:read'],
    ],
    adminScopes: ['configuration:read', 'configuration:write', 'experiments:write', 'learning:write'],
  },
  analyst: { scopes: ANALYST, adminScopes: ['configuration:read'] },
  integrator: {
    scopes: ['*'],
    adminScopes: [
      ...['sources:read', 'sources:write', 'operations:read', 'operations:write', 'keys:read', 'keys:write'],
      ...['imports:read', 'imports:write', 'devices:read', 'devices:write', 'configuration:read'],
      ...['classification:write', 'webhooks:read', 'webhooks:write'],
    ],
  },
  admin: { scopes: ['*'], adminScopes: ['*'] },
};

/** What somebody with these roles may do, each scope once. */
export function grantsOf(roles: readonly Role[]): Grants {
  const all = roles.map((role) => ROLE_GRANTS[role]);
  return {
    scopes: [...new Set(all.flatMap(({ scopes }) => scopes))],
    adminScopes: [...new Set(all.flatMap(({ adminScopes }) => adminScopes))],
  };
}

/** The page with which somebody's work begins. */
export function homeOf(roles: readonly Role[]): string {
  return roles.includes('agent') || roles.includes('supervisor') ? '/agent' : '/signin/me';
}
