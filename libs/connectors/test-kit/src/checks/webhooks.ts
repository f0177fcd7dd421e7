import { checkFacts, type CheckedFact, type RawRequest } from '@repartee/connector-sdk';
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
      const believes = (request: RawRequest) => isBelieved(bench, request);
      expect(await believes({ ...raw, headers: {} })).toBe(false);
      if (raw.body.length > 0)
        expect(await believes({ ...raw, body: withLastByteChanged(raw.body) })).toBe(false);
      else
        expect(await believes({ ...raw, url: `${raw.url}${raw.url.includes('?') ? '&' : '?'}more=1` })).toBe(
          false,
        );
      const proofs = Object.keys(raw.headers).filter((name) => !IMPERSONAL.has(name));
      const checked = [];
      for (const name of proofs)
        if (!(await believes({ ...raw, headers: { ...raw.headers, [name]: 'forged' } }))) checked.push(name);
      expect(checked).not.toEqual([]);
      await bench.restart(withOtherSecrets(bench));
      expect(await believes(raw)).toBe(false);
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
      expect(await isBelieved(bench, { ...raw, headers })).toBe(true);
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

async function isBelieved(bench: Bench, raw: RawRequest): Promise<boolean> {
  const heard = await bench.connector.receive(raw);
  return heard.ok && heard.value.verified;
}

async function received(bench: Bench, raw: RawRequest) {
  const heard = await bench.connector.receive(raw);
  expect(heard).toMatchObject({ ok: true, value: { verified: true } });
  if (!heard.ok || !heard.value.verified) return { facts: [], status: undefined };
  const { facts, refused } = checkFacts(heard.value.facts);
  expect(refused).toEqual([]);
  return { facts, status: heard.value.reply.status };
}

async function inOrder(bench: Bench, webhooks: readonly RawRequest[]) {
  const answers = [];
  for (const raw of webhooks) answers.push(await received(bench, raw));
  return answers;
}

/** The provider's settings with secrets of the same form that are not its own. */
function withOtherSecrets({ definition, provider }: Bench): Record<string, unknown> {
  const secrets = new Set(secretsIn(definition, provider.settings));
  const other = ([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' && secrets.has(value) ? value.replace(/[0-9a-z]/gi, nextSign) : value,
  ];
  return Object.fromEntries(Object.entries(provider.settings).map(other)) as Record<string, unknown>;
}

/** Digits stay digits, and hexadecimal ones hexadecimal. */
function nextSign(sign: string): string {
  const turns = ['9', 'f', 'F', 'z', 'Z'];
  const first = ['0', 'a', 'A', 'g', 'G'];
  const end = turns.indexOf(sign);
  return end >= 0 ? (first[end] ?? sign) : String.fromCharCode(sign.charCodeAt(0) + 1);
}

function withLastByteChanged(body: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(body);
  const last = changed.length - 1;
  changed[last] = (changed[last] ?? 0) ^ 1;
  return changed;
}
