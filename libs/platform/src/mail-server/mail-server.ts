import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real mail server (Exim) on this machine: takes every mail, and passes it on as a relay does. */
export interface MailServer {
  port: number;
  /** What it did, in its own words. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

export interface MailServerOptions {
  /** Port of the SMTP server on this machine that gets all mail. */
  relayTo: number;
  /** Mail to this domain goes to a program instead, on its standard input. */
  pipe?: { domain: string; command: readonly string[] };
}

const NOBODY = 65_534;
const START_LIMIT_MS = 20_000;
const LOOK_AGAIN_MS = 50;

/** Starts Exim with a configuration, spool and log of its own, as an ordinary user; needs the program alone. */
export async function startMailServer(options: MailServerOptions): Promise<MailServer> {
  const program = findProgram();
  const folder = await mkdtemp(join(tmpdir(), 'repartee-mail-'));
  const user = userOf();
  const port = await freePort();
  await mkdir(join(folder, 'spool'));
  await writeFile(join(folder, 'conf'), configuration(folder, port, user.uid, options));
  await chmod(folder, 0o755);
  if (process.getuid?.() === 0)
    for (const path of [folder, join(folder, 'spool')]) await chown(path, user.uid, user.gid);
  const child = spawn(program, ['-C', join(folder, 'conf'), '-bdf'], {
    ...user,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += String(chunk)));
  const gone = once(child, 'exit');
  const log = () => readFile(join(folder, 'mainlog'), 'utf8').catch(() => '');
  const stop = async () => {
    child.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const until = performance.now() + START_LIMIT_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > until) {
      await stop();
      throw new Error(`exim did not start: ${complaint}`);
    }
    await sleep(LOOK_AGAIN_MS);
  }
  return { port, log, stop };
}

/** Exim refuses to be root for mail; whoever else runs the tests runs it as themselves. */
function userOf(): { uid: number; gid: number } {
  const uid = process.getuid?.() ?? NOBODY;
  return uid === 0 ? { uid: NOBODY, gid: NOBODY } : { uid, gid: process.getgid?.() ?? NOBODY };
}

/** `npm test` says where it is; a spec run by itself looks on the PATH and where Debian keeps servers. */
function findProgram(): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  const found = [process.env['REPARTEE_EXIM'] ?? '', ...folders.map((folder) => join(folder, 'exim4'))].find(
    (path) => path !== '' && existsSync(path),
  );
  if (!found) throw new Error('exim4 is not installed; on Debian: sudo apt-get install exim4-daemon-light');
  return found;
}

function configuration(
  folder: string,
  port: number,
  uid: number,
  { relayTo, pipe }: MailServerOptions,
): string {
  const piped = pipe && {
    router: `piped:\n driver = accept\n domains = ${pipe.domain}\n transport = program\n`,
    transport: `program:\n driver = pipe\n command = ${pipe.command.join(' ')}\n user = ${uid}\n group = ${uid}\n return_path_add\n envelope_to_add\n`,
  };
  return `
primary_hostname = relay.example.net
spool_directory = ${folder}/spool
log_file_path = ${folder}/%slog
pid_file_path = ${folder}/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
exim_user = ${uid}
exim_group = ${uid}
never_users =
tls_advertise_hosts =
smtputf8_advertise_hosts = *
host_lookup =
rfc1413_hosts =
keep_environment =
acl_smtp_rcpt = take
acl_smtp_data = take
begin acl
take:
 accept
begin routers
${piped?.router ?? ''}
relay:
 driver = manualroute
 route_list = * 127.0.0.1::${relayTo} byname
 self = send
 transport = smtp
begin transports
${piped?.transport ?? ''}
smtp:
 driver = smtp
 allow_localhost
begin retry
* * F,1m,1m
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
