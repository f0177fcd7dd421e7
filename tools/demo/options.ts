import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface DemoOptions {
  /** Path of the CDNOW file; the twin plays when absent. */
  data?: string;
  customers: number;
  seed: number;
  /** Where the system is. */
  url: string;
  /** The address was given: nothing is started when nobody answers there. */
  urlGiven: boolean;
}

export const USAGE = `Usage: npm run demo -- [options]

  --data FILE      play the purchases of the CDNOW file instead of its generated twin
  --customers N    customers of the twin (500)
  --seed N         another twin (1)
  --url URL        the running system (http://localhost:4000, or PORT); without it, one is started when none answers`;

/** A command line that cannot be followed: one line that says why. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(args: string[], env: Record<string, string | undefined>): DemoOptions | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  const url = values.url ?? `http://localhost:${env['PORT'] || 4000}`;
  if (!/^https?:$/.test(protocolOf(url)))
    throw new UsageError(`--url must be an http(s) address, not "${url}".`);
  return {
    ...(values.data !== undefined && { data: values.data }),
    customers: whole('--customers', values.customers, 1, 99_999),
    seed: whole('--seed', values.seed, 0, 4_294_967_295),
    url: url.replace(/\/+$/, ''),
    urlGiven: values.url !== undefined,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        data: { type: 'string' },
        customers: { type: 'string', default: '500' },
        seed: { type: 'string', default: '1' },
        url: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('\n')[0]}\n\n${USAGE}`);
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}
