import type { DescribedConnector } from '@repartee/core';
import { contentRows } from './content-rows.js';
import { code, fenced, table } from './markdown.js';

const RECONCILES: Readonly<Record<DescribedConnector['capabilities']['reconcile'], string>> = {
  query: 'the provider is asked what became of it',
  evidence: 'it stays unknown until a bounce, an open or a click shows what became of it',
  none: 'it stays unknown',
};

/** “a, b, and c”. */
const WAYS = new Intl.ListFormat('en');

/** Above it a page is generated; what stands below it is written by hand and kept. */
export const END_OF_GENERATED = '<!-- What follows is written by hand. -->';

/** `docs/connectors/<name>.md`: what one connector takes and can do. */
export function connectorPage(connector: DescribedConnector): string {
  const { name, description } = connector;
  return [
    `# ${name}`,
    'Generated from the connector’s definition by `npm run generate`. Do not edit above the line that says so.',
    ...(description === undefined ? [] : [`${description}.`]),
    table(['Fact', ''], facts(connector)),
    '## Settings',
    ...settings(connector),
    '## Content of a treatment',
    ...content(connector),
    ...certificate(connector),
    END_OF_GENERATED,
    '',
  ].join('\n\n');
}

function facts(connector: DescribedConnector): string[][] {
  const { channel, sdk, stability, capabilities, delivers, presents } = connector;
  const { receipts, reconcile, ratePerSecond, concurrency, timeLimit } = capabilities;
  const kinds = [delivers && 'sends messages', presents && 'fills zones of a channel that asks'];
  return [
    ['Channel', code(channel)],
    ['What it does', kinds.filter(Boolean).join('; ')],
    ['Stability', stability],
    ['Written for SDK', code(sdk)],
    ...(delivers
      ? [
          ['Receipts', receipts ? 'the provider reports what became of a message' : 'none'],
          ['An attempt of unknown outcome', RECONCILES[reconcile]],
          ['Deliveries at a time', String(concurrency ?? 10)],
          [
            'Deliveries a second',
            ratePerSecond === undefined ? 'no limit of its own' : String(ratePerSecond),
          ],
          ['Time limit of one call', `${(timeLimit ?? 30_000) / 1000} s`],
        ]
      : []),
  ];
}

function settings({ settings: all, configExample }: DescribedConnector): string[] {
  if (all.length === 0) return ['None.'];
  const rows = all.map(({ variable, type, options, required, secret, default: preset, description }) => [
    code(variable),
    [options ? options.map(code).join(', ') : type, secret && 'secret'].filter(Boolean).join(', '),
    required ? 'required' : preset === undefined ? '' : code(String(preset)),
    description ?? '',
  ]);
  return [
    'Each is read from an environment variable. With none of its own variables set, a connector that needs some is *not configured*: it is reported as such, and its deliveries are tried again later. With some set and others missing or wrong, the start ends with one line that names the variable.',
    table(['Variable', 'Type', 'Default', 'Meaning'], rows),
    fenced('sh', configExample),
  ];
}

function content({ content: schema, contentExample }: DescribedConnector): string[] {
  if (schema === undefined) return ['None: this connector takes no content.'];
  return [
    'Checked and compiled when it is applied. Every string may hold Liquid.',
    table(['Field', 'Type', '', 'Limits'], contentRows(schema)),
    fenced('json', JSON.stringify(contentExample, undefined, 2)),
  ];
}

function certificate({ certificate: earned }: DescribedConnector): string[] {
  if (earned === undefined) return [];
  const rows = Object.entries(earned.checks).map(([id, result]) => [code(id), result]);
  return [
    '## Certificate',
    `What it showed in the contract suite, run ${WAYS.format(earned.ways)}.`,
    table(['Promise', 'Result'], rows),
  ];
}
