import { choosePlacement, coresOf, nodeOn, parseCores } from './placement.js';
import { peakMemory, processorSeconds, watchLoad } from './process-facts.js';

describe('placement', () => {
  it('reads lists of cores', () => {
    expect(parseCores('0-2,5\n')).toEqual([0, 1, 2, 5]);
    expect(parseCores('3')).toEqual([3]);
  });

  it.each([
    ['0-1', { pinned: true, server: '0', generator: '1', database: '0,1' }],
    ['2,4-7', { pinned: true, server: '2', generator: '4', database: '5,6,7' }],
    ['0', { pinned: false }],
  ])('of cores %s keeps server and generator apart', (allowed, expected) => {
    expect(choosePlacement(allowed, true)).toEqual(expected);
  });

  it('does without taskset', () => {
    expect(choosePlacement('0-3', false)).toEqual({ pinned: false });
    expect(nodeOn(undefined, 'a.js')).toEqual([process.execPath, ['a.js']]);
    expect(nodeOn('1', 'a.js')).toEqual(['taskset', ['-c', '1', process.execPath, 'a.js']]);
  });
});

describe('what the kernel knows of a process', () => {
  const onLinux = process.platform === 'linux';

  it('is its peak memory, its time and its cores; unknown elsewhere', () => {
    const stop = watchLoad(process.pid);
    const facts = [peakMemory(process.pid), processorSeconds(process.pid), stop()].map((fact) => typeof fact);
    expect(facts).toEqual(Array.from({ length: 3 }, () => (onLinux ? 'number' : 'undefined')));
    expect(typeof coresOf('self')).toBe(onLinux ? 'string' : 'undefined');
  });

  it('is unknown of a process that is not there', () => {
    expect([peakMemory(-1), processorSeconds(-1), watchLoad(-1)()]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
