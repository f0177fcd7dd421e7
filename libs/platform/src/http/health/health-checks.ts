import { Injectable } from '@nestjs/common';

export interface HealthRule {
  /** Whether its failure takes the process out of rotation. */
  critical: boolean;
}

export type HealthStatus = 'ok' | 'degraded' | 'down';

export interface HealthReport {
  status: HealthStatus;
  checks: Record<string, { status: 'ok' | 'failed'; critical: boolean; detail?: string }>;
}

/** Resolves with nothing, or with a word of detail, when all is well; throws what is wrong. */
export type HealthCheck = () => void | string | Promise<void | string>;

const TIMEOUT_MS = 2000;

/** What tells whether the process can do its work. Every scope registers what it depends on. */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, { check: HealthCheck; critical: boolean }>();

  register(name: string, check: HealthCheck, rule: HealthRule): void {
    if (this.checks.has(name)) throw new Error(`health check ${name} is registered already`);
    this.checks.set(name, { check, critical: rule.critical });
  }

  /** Runs every check, each at most two seconds. */
  async report(): Promise<HealthReport> {
    const names = [...this.checks.keys()].sort();
    const results = await Promise.all(names.map((name) => this.run(name)));
    const failed = results.filter((result) => result.status === 'failed');
    const status = failed.some((result) => result.critical) ? 'down' : failed.length > 0 ? 'degraded' : 'ok';
    return { status, checks: Object.fromEntries(names.map((name, index) => [name, results[index]!])) };
  }

  private async run(name: string): Promise<HealthReport['checks'][string]> {
    const { check, critical } = this.checks.get(name)!;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
    });
    try {
      const detail = await Promise.race([Promise.resolve().then(check), late]);
      return { status: 'ok', critical, ...(typeof detail === 'string' && { detail }) };
    } catch (error) {
      return { status: 'failed', critical, detail: firstLine(error) };
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Errors of drivers go on with addresses and stacks on further lines. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n', 1)[0] ?? '').slice(0, 200);
}
