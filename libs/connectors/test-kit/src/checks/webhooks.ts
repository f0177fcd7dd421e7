import {
  checkFacts,
  type CheckedFact,
  type ConnectorContext,
  type RawRequest,
} from '@repartee/connector-sdk';
import type { Bench } from '../bench.js';
import { lacks, unless, type Check, type Reason } from '../check.js';
import { secretsIn } from '../secrets.js';
import type { ProviderReport, ReportKind } from '../simulated-provider.js';

const deaf = lacks('receive', 'its provider does not call back');
const reports =
  (kind: ReportKind): Reason =>
  (_definition, suite) =>
    suite.reports?.includes(kind) ? undefined : `its provider reports no ${kind}`;

/** Headers that say nothing of who sent a request. */
const IMPERSONAL = new Set(['host', 'content-type', 'content-length', 'user-agent', 'accept']);

/** What `verify` and `receive` owe. They are pure, so they are asked directly. */
export const webhookChecks: readonly Check[] = [
  {
    id: 'webhook.genuine',
    title: 'knows its provider’s webhooks, and makes facts of every kind it reports',
    notApplicable: deaf,
    async run(bench) {
      for (const kind of bench.suite.reports ?? []) {
        const { raw, report } = webhook(bench, kind);
        expect(bench.definition.verify?.(raw, pureContext(bench))).toBe(true);
        const { facts, status } = await received(bench, raw);
        expect(status).toBeLessThan(300);
        expect(facts.filter((fact) => speaksOf(report, fact))).not.toEqual([]);
      }
      expect(bench.suite.reports).not.toHaveLength(0);
    },
  },
  {
    id: 'webhook.forged',
    title: 'refuses what its provider did not sign',
    notApplicable: deaf,
    async run(bench) {
      const { raw } = webhook(bench);
      const verify = (request: RawRequest, context = pureContext(bench)) =>
        bench.definition.verify?.(request, context);
      expect(verify({ ...raw, headers: {} })).toBe(false);
      if (raw.body.length > 0) expect(verify({ ...raw, body: withLastByteChanged(raw.body) })).toBe(false);
      else
        expect(verify({ ...raw, url: `${raw.url}${raw.url.includes('?') ? '&' : '?'}more=1` })).toBe(false);
      const proofs = Object.keys(raw.headers).filter((name) => !IMPERSONAL.has(name));
      const believed = proofs.filter((name) =>
        verify({ ...raw, headers: { ...raw.headers, [name]: 'forged' } }),
      );
      expect(believed).not.toEqual(proofs);
      expect(verify(raw, withOtherSecrets(bench))).toBe(false);
    },
  },
  {
    id: 'webhook.behind-proxy',
    title: 'checks signatures against the public address, whatever the proxy makes of the request',
    notApplicable: deaf,
    async run(bench) {
      const { raw } = webhook(bench);
      const headers = {
        ...raw.headers,
        host: '127.0.0.1:4000',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'somewhere.example.net',
        'x-forwarded-for': '203.0.113.9',
      };
      expect(bench.definition.verify?.({ ...raw, headers }, pureContext(bench))).toBe(true);
    },
  },
  {
    id: 'webhook.repeated',
    title: 'makes the same facts of the same webhook',
    notApplicable: deaf,
    async run(bench) {
      const { raw } = webhook(bench);
      const first = await received(bench, raw);
      expect(await received(bench, raw)).toEqual(first);
    },
  },
  {
    id: 'webhook.reordered',
    title: 'makes the same facts of webhooks in any order',
    notApplicable: unless(deaf, (_definition, { reports: kinds = [] }) =>
      kinds.length > 1 ? undefined : 'its provider makes one kind of report',
    ),
    async run(bench) {
      const all = (bench.suite.reports ?? []).map((kind) => webhook(bench, kind).raw);
      const forwards = await inOrder(bench, all);
      const backwards = await inOrder(bench, [...all].reverse());
      expect(backwards.reverse()).toEqual(forwards);
    },
  },
  {
    id: 'webhook.opt-out',
    title: 'passes on that somebody wants no more',
    notApplicable: unless(deaf, reports('opt-out')),
    async run(bench) {
      const { raw, report } = webhook(bench, 'opt-out');
      const { facts } = await received(bench, raw);
      expect(facts).toContainEqual(expect.objectContaining({ kind: 'opt-out', address: report.address }));
    },
  },
];

function webhook(bench: Bench, kind: ReportKind = bench.suite.reports?.[0] ?? 'delivered') {
  const { attemptId, to } = bench.action();
  const url = `https://hub.example.org/v1/connectors/${bench.definition.name}/webhooks/status`;
  const report: ProviderReport = {
    kind,
    attemptId,
    providerId: `provider-${attemptId}`,
    address: to.address,
  };
  const raw = bench.provider.webhook?.(report, url);
  if (!raw) throw new Error('the simulated provider sends no webhooks, though the connector receives some');
  return { raw, report };
}

/** The fact says what was reported, of the message or person it was reported of. */
function speaksOf(report: ProviderReport, fact: CheckedFact): boolean {
  if (fact.kind === 'receipt')
    return (
      fact.status === report.kind &&
      (fact.attemptId === report.attemptId || fact.providerId === report.providerId)
    );
  return 'address' in fact && fact.kind === report.kind && fact.address === report.address;
}

async function received(bench: Bench, raw: RawRequest) {
  const answer = await bench.definition.receive?.(raw, pureContext(bench));
  const { facts, refused } = checkFacts(answer?.facts ?? []);
  expect(refused).toEqual([]);
  return { facts, status: answer?.reply.status };
}

async function inOrder(bench: Bench, webhooks: readonly RawRequest[]) {
  const answers = [];
  for (const raw of webhooks) answers.push(await received(bench, raw));
  return answers;
}

/** Neither network nor anything that ends. */
function pureContext(bench: Bench): ConnectorContext {
  const { resources: _resources, ...context } = bench.context(new AbortController().signal);
  const http = () => Promise.reject(new Error('verify and receive are pure'));
  return { ...context, resources: undefined, http, clock: { now: () => Date.now() } };
}

function withOtherSecrets(bench: Bench): ConnectorContext {
  const context = pureContext(bench);
  const secrets = new Set(secretsIn(bench.definition, bench.provider.settings));
  const settings = Object.entries(context.settings).map(([name, value]) => [
    name,
    typeof value === 'string' && secrets.has(value) ? [...value].reverse().join('') + 'other' : value,
  ]);
  return { ...context, settings: Object.fromEntries(settings) as Record<string, unknown> };
}

function withLastByteChanged(body: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(body);
  const last = changed.length - 1;
  changed[last] = (changed[last] ?? 0) ^ 1;
  return changed;
}
