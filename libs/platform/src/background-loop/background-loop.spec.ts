import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundLoop } from './background-loop.js';

const LONG = 60_000;

/** A loop whose rounds are told what to do, one after the other; the last answer holds for all that follow. */
function loopOf(answers: (number | Error)[], pause = LONG) {
  let rounds = 0;
  const errors: unknown[] = [];
  const loop = new BackgroundLoop({
    round: async () => {
      const answer = answers[Math.min(rounds, answers.length - 1)] ?? 0;
      rounds += 1;
      await sleep(1);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    failed: (error) => errors.push(error),
    pause,
  });
  return { loop, errors, rounds: () => rounds };
}

/** So many rounds are made, however slow the machine is, and no more follow. */
async function roundsAre(rounds: () => number, wanted: number): Promise<void> {
  for (let waited = 0; rounds() < wanted && waited < 5_000; waited += 5) await sleep(5);
  await sleep(30);
  expect(rounds()).toBe(wanted);
}

describe('a loop in the background', () => {
  it('goes on at once while there is more to do, and rests then', async () => {
    const { loop, rounds } = loopOf([0, 0, LONG]);
    loop.start();
    loop.start();
    await roundsAre(rounds, 3);
    await loop.stop();
    expect(rounds()).toBe(3);
  });

  it('is woken by a ring, also one that comes during a round', async () => {
    const { loop, rounds } = loopOf([LONG]);
    loop.start();
    loop.ring();
    await roundsAre(rounds, 2);
    loop.ring();
    await roundsAre(rounds, 3);
    await loop.stop();
  });

  it('says what failed, and rests whoever rings', async () => {
    const { loop, rounds, errors } = loopOf([new Error('no database'), LONG]);
    loop.start();
    await sleep(50);
    for (let times = 0; times < 10; times += 1) loop.ring();
    await roundsAre(rounds, 1);
    expect(errors).toEqual([new Error('no database')]);
    await loop.stop();
  });

  it('goes on after a failure', async () => {
    const { loop, rounds } = loopOf([new Error('no database'), LONG], 5);
    loop.start();
    await roundsAre(rounds, 2);
    await loop.stop();
  });

  it('ends the round under way before it stops', async () => {
    let over = false;
    const loop: BackgroundLoop = new BackgroundLoop({
      round: async () => {
        while (!loop.stopping) await sleep(5);
        await sleep(20);
        over = true;
        return 0;
      },
      failed: () => undefined,
      pause: 1,
    });
    loop.start();
    await sleep(20);
    await loop.stop();
    expect(over).toBe(true);
  });

  it('can be stopped before it was started', async () => {
    await loopOf([0]).loop.stop();
  });
});
