import { accepted, rejected } from '@repartee/connector-sdk';
import { DomainThrottle } from './domain-throttle.js';

const deferred = (detail: string, about?: 'recipient') =>
  rejected('EMAIL.RECIPIENT_DEFERRED', { retryable: true, detail, ...(about && { about }) });

describe('the throttle', () => {
  let now = 0;
  let throttle: DomainThrottle;
  beforeEach(() => {
    now = 0;
    throttle = new DomainThrottle({}, () => now);
  });
  const send = (domain: string, outcome = accepted('x') as Parameters<typeof rejected>[0] | object) =>
    throttle.run(domain, 'key', () => Promise.resolve(outcome as ReturnType<typeof accepted>));

  it.each([
    '421 4.7.0 Too many connections',
    '451 4.7.1 try later',
    '450 4.3.2 system busy',
    '450 rate limit exceeded',
  ])('lets a domain rest that says %s, and no other', async (detail) => {
    await send('a.example', deferred(detail, 'recipient'));
    expect(await send('a.example')).toMatchObject({
      status: 'rejected',
      code: 'EMAIL.DOMAIN_PACED',
      retryable: true,
      retryAfter: 60,
      about: 'recipient',
    });
    expect(await send('b.example')).toMatchObject({ status: 'accepted' });
    now = 60_000;
    expect(await send('a.example')).toMatchObject({ status: 'accepted' });
  });

  it('learns nothing of the domain from one full mailbox, or from our own server', async () => {
    for (let i = 0; i < 5; i++) {
      await send('a.example', deferred('452 4.2.2 mailbox full', 'recipient'));
      await send('a.example', deferred('421 4.7.0 going down'));
    }
    expect(await send('a.example')).toMatchObject({ status: 'accepted' });
  });

  it('gives the turn back when sending throws', async () => {
    throttle = new DomainThrottle({ atATime: 1 }, () => now);
    await expect(throttle.run('a.example', 'k', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(await send('a.example')).toMatchObject({ status: 'accepted' });
  });
});
