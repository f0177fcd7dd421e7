// The whole system as one: core, sandbox and storefront, until a signal or a crash.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve, join } from 'node:path';
import { logFolder } from './log-file.mjs';
import { freePorts } from './ports.mjs';
import { say, step, tell } from './progress.mjs';
import { Supervisor } from './supervisor.mjs';
import { summary } from './summary.mjs';

/** A second Ctrl-C forces the end; npm passes the first one on, which makes two within moments. */
const SECOND_AFTER = 1_000;

/** Runs the system that is built in `root`, and ends this process with its exit code. */
export async function runSystem(root, env = process.env) {
  const logs = logFolder(resolve(root, env.DATA_DIR || '.data'));
  const supervisor = new Supervisor({
    cwd: root,
    logs: logs.folder,
    showAll: Boolean(env.LOG_LEVEL),
    print: say,
  });
  // A closed terminal or pipe must not end us before the children.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  const asked = whenAskedToStop(() => supervisor.kill());
  const started = step('Starting', undefined, () => startAll(supervisor, root, env)).then((ready) => {
    for (const line of summary(ready, logs.folder)) say(line);
    return supervisor.crashed;
  });
  let code = 0;
  try {
    await Promise.race([asked.then(() => say('Stopping …')), started]);
  } catch (error) {
    tell(error);
    code = 1;
  }
  // The sandbox goes last: it takes the mail that is still on its way.
  await supervisor.stop(['sandbox']);
  logs.remove();
  if (code === 0) say('Stopped.');
  process.exit(code);
}

async function startAll(supervisor, root, env) {
  const [sandboxPort, smtpPort, shopPort] = await freePorts(3);
  const program = (path) => join(root, 'apps', path);
  const texts = env.SMS_TWILIO_ACCOUNT_SID ? { core: {}, sandbox: {} } : phones(sandboxPort, env);
  const calls = env.CALL_CENTER_SIGNING_KEY ? { core: {}, sandbox: {} } : telephony(env);
  const core = supervisor.launch('core', program('core/dist/main.js'), {
    ...env,
    NODE_OPTIONS: [nodeOptionsOf(program('core')), env.NODE_OPTIONS].filter(Boolean).join(' '),
    REPARTEE_PAGES_SANDBOX: `http://127.0.0.1:${sandboxPort}`,
    REPARTEE_PAGES_SHOP: `http://127.0.0.1:${shopPort}`,
    ...(env.EMAIL_SMTP_HOST ? {} : mailbox(smtpPort)),
    ...texts.core,
    ...calls.core,
  });
  const sandbox = supervisor.launch('sandbox', program('sandbox/dist/main.js'), {
    ...env,
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_SMTP_PORT: String(smtpPort),
    ...texts.sandbox,
    ...calls.sandbox,
  });
  const [ready] = await Promise.all([core, sandbox]);
  // The clock, kiosks and the story of a demonstration; elsewhere the sandbox administers nothing.
  if ((env.REPARTEE_SEED || 'demo') === 'demo')
    supervisor.tell('sandbox', {
      type: 'hub',
      url: ready.url,
      key: ready.keys.admin,
      accounts: accountsIn(resolve(root, env.DATA_DIR || '.data')),
    });
  await supervisor.launch('storefront', program('storefront/dist/server/main.js'), {
    ...env,
    STOREFRONT_PORT: String(shopPort),
    REPARTEE_URL: ready.url,
    REPARTEE_WRITE_KEY: ready.keys.write,
    REPARTEE_SERVER_KEY: ready.keys.server,
    REPARTEE_SIGNING_SECRET: ready.keys.signingSecret,
  });
  return ready;
}

/** Mail goes to the sandbox, in the demo shop's name. */
function mailbox(smtpPort) {
  return {
    EMAIL_SMTP_HOST: '127.0.0.1',
    EMAIL_SMTP_PORT: String(smtpPort),
    EMAIL_SMTP_FROM: 'hello@fieldnote.example',
    EMAIL_SMTP_FROM_NAME: 'Fieldnote Coffee',
  };
}

/** Texts go to the sandbox's Twilio, and answers come back from it; the two share a secret of this run. */
function phones(sandboxPort, env) {
  const account = `AC${'0'.repeat(32)}`;
  const token = randomBytes(16).toString('hex');
  const publicUrl = publicUrlOf(env);
  return {
    core: {
      REPARTEE_PUBLIC_URL: publicUrl,
      SMS_TWILIO_ACCOUNT_SID: account,
      SMS_TWILIO_AUTH_TOKEN: token,
      SMS_TWILIO_SENDERS: '+15005550006',
      SMS_TWILIO_BRAND: 'Fieldnote',
      SMS_TWILIO_API_URL: `http://127.0.0.1:${sandboxPort}`,
    },
    sandbox: {
      SANDBOX_TWILIO_ACCOUNT_SID: account,
      SANDBOX_TWILIO_AUTH_TOKEN: token,
      SANDBOX_TWILIO_INBOUND_URL: `${publicUrl}/v1/connectors/sms-twilio/webhooks/inbound`,
    },
  };
}

/** Calls ring from the sandbox's telephone system; the two share a key of this run. */
function telephony(env) {
  const key = randomBytes(24).toString('hex');
  return {
    core: { CALL_CENTER_SIGNING_KEY: key },
    sandbox: {
      SANDBOX_CALLS_URL: `${publicUrlOf(env)}/v1/connectors/call-center/webhooks/cti`,
      SANDBOX_CALLS_SIGNING_KEY: key,
    },
  };
}

function publicUrlOf(env) {
  return (env.REPARTEE_PUBLIC_URL || `http://localhost:${env.PORT || 4000}`).replace(/\/+$/, '');
}

/** The demonstration's accounts, as the core keeps them; none where it made none. */
function accountsIn(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'accounts.json'), 'utf8')).accounts ?? [];
  } catch {
    return [];
  }
}

/** What a program wants of Node.js, as its package.json says; what the user asks for comes later and wins. */
function nodeOptionsOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).config?.nodeOptions;
}

/** Resolves at the first signal; `force` runs at the second. */
function whenAskedToStop(force) {
  return new Promise((resolve) => {
    let first;
    const stop = () => {
      if (first === undefined) {
        first = performance.now();
        resolve();
      } else if (performance.now() - first > SECOND_AFTER) {
        force();
        process.exit(130);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  });
}
