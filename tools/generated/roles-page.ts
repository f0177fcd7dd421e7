import { describeRoles, type DescribedRule } from '@repartee/core';
import { code, table } from './markdown.js';

const FROM = 'Generated from the rules of the routes by `npm run generate`. Do not edit.';
const ROLES = ['agent', 'supervisor', 'marketer', 'analyst', 'integrator', 'admin'] as const;

/** `docs/guides/roles.md`: which role may call which route. */
export function rolesPage(): string {
  const rules = describeRoles();
  const guarded = rules.filter(({ open }) => open === undefined);
  return [
    '# Roles',
    FROM,
    'People who [sign in](sign-in.md) may do what their roles say; several roles add up. A role is a list of scopes (`libs/access/src/domain/people/roles.ts`), one for routes that servers may call and one for routes that are for administrators. Keys are apart: what they may do is in their own scopes, and the column *Keys* says which kinds a route takes. A route that no rule covers is closed to everybody, and a test fails.',
    '## What each role may call',
    table(
      ['Route', 'What it does', ...ROLES, 'Keys'],
      guarded.map((rule) => [
        code(`${rule.method} ${rule.path}`),
        rule.summary,
        ...ROLES.map((role) => (rule.roles.includes(role) ? '●' : '')),
        rule.kinds.join(', '),
      ]),
    ),
    '## What anybody may call',
    'Each has a reason, and most look at a credential of their own.',
    table(
      ['Route', 'Why'],
      rules.flatMap((rule) => openRow(rule)),
    ),
    '',
  ].join('\n\n');
}

function openRow({ method, path, open }: DescribedRule): string[][] {
  return open === undefined ? [] : [[code(`${method} ${path}`), open]];
}
