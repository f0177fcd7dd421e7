const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');
const seconds = require('./jest.seconds.json');

/** Seconds a spec takes that is not listed, by the first pattern that fits. */
const KINDS = [
  [/\.e2e\.spec\.ts$/, 20],
  [/\.contract\.spec\.ts$/, 20],
  [/-kill\.integration\.spec\.ts$/, 20],
  [/\.integration\.spec\.ts$/, 5],
  [/./, 1],
];
/** From here on a spec is a long one. */
const LONG = 12;

const secondsOf = (test) => {
  const name = path.relative(__dirname, test.path).split(path.sep).join('/');
  return seconds[name] ?? KINDS.find(([kind]) => kind.test(name))[1];
};

/**
 * Starts the longest specs first, so that none is left alone at the end, and as far as they suffice the short ones
 * beside them, so that two systems with their browsers do not fight for the machine. Goes by a committed list of the
 * longest (`jest.seconds.json`), because a clean clone remembers no run.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const long = tests.filter((test) => secondsOf(test) >= LONG).sort((a, b) => secondsOf(b) - secondsOf(a));
    const short = tests.filter((test) => secondsOf(test) < LONG).sort((a, b) => secondsOf(b) - secondsOf(a));
    const order = [];
    let [ofLong, ofShort] = [0, 0];
    const take = (queue) => {
      const test = queue.shift();
      order.push(test);
      return secondsOf(test);
    };
    while (long.length + short.length > 0) {
      if (long.length > 0 && (short.length === 0 || ofLong <= ofShort)) ofLong += take(long);
      else ofShort += take(short);
    }
    return order;
  }
};
