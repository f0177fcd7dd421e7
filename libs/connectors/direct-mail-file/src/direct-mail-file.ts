import {
  accepted,
  defineConnector,
  rejected,
  TemplateError,
  unknown,
  type Fact,
} from '@repartee/connector-sdk';
import { access, constants, mkdir } from 'node:fs/promises';
import { directMailSettings, readRules } from './direct-mail-settings.js';
import { MailFiles, type RowResult } from './mail-files.js';
import { mailTreatment } from './mail-treatment.js';
import { rowId } from './row-store.js';

const MINUTE = 60_000;

/** Letters, cards and catalogues: mail-ready lists in a folder. */
export const directMailFile = defineConnector({
  name: 'direct-mail-file',
  channel: 'direct_mail',
  sdk: '^1.0.0',
  stability: 'beta',
  description: 'Mail-ready lists as CSV in a folder',
  settings: directMailSettings,
  capabilities: { receipts: true, reconcile: 'query' },
  treatment: mailTreatment,

  async deliver(action, ctx) {
    const id = rowId(ctx.idempotencyKey);
    const row = rendered(() => mailTreatment.render(action.content, { ...action.data, links: action.links }));
    if (typeof row === 'string')
      return rejected('DIRECT_MAIL.TEMPLATE_FAILED', { retryable: false, detail: row });
    const { attemptId, to } = action;
    const { folder } = ctx.settings;
    const acceptedAt = ctx.clock.now();
    await new MailFiles(folder).rows.keep({ ...row, id, attemptId, address: to.address, acceptedAt });
    return accepted(id);
  },

  async reconcile({ action }, ctx) {
    const { folder } = ctx.settings;
    const id = rowId(action.idempotencyKey);
    if (await new MailFiles(folder).rows.has(id)) return accepted(id);
    // A folder that is not there says nothing.
    return access(folder).then(
      () => rejected('DIRECT_MAIL.NEVER_WRITTEN', { retryable: true }),
      () => unknown('the folder is not there'),
    );
  },

  /** Closes lists whose time has come, and reports what became of their rows. */
  async poll(cursor, ctx) {
    const files = new MailFiles(ctx.settings.folder);
    await files.close(ctx.clock.now(), ctx.settings.closeAfter * MINUTE, await readRules(ctx.settings));
    const names = await files.since(cursor);
    const facts: Fact[] = [];
    for (const name of names) facts.push(...(await files.results(name)).map(receiptOf));
    return { cursor: names.at(-1) ?? cursor ?? '', facts };
  },

  async checkSettings(ctx) {
    const { folder } = ctx.settings;
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    await readRules(ctx.settings);
  },

  async forget({ addresses }, ctx) {
    await new MailFiles(ctx.settings.folder).rows.forget(new Set(addresses));
  },
});

const REASONS = {
  suppressed: 'on the suppression list',
  household: 'another of the household gets it',
} as const;

function receiptOf({ id, attemptId, dropped }: RowResult): Fact {
  const fact = { kind: 'receipt', id: `row:${id}`, attemptId, providerId: id } as const;
  return dropped === undefined
    ? { ...fact, status: 'sent' }
    : { ...fact, status: 'failed', code: dropped, detail: REASONS[dropped] };
}

function rendered<T>(render: () => T): T | string {
  try {
    return render();
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
}
