/**
 * Lists of whole numbers, one behind the other in memory, each by its own number. A decision walks through lists of hundreds of
 * offers: as arrays of objects they lie all over the heap, and waiting for memory is most of what a walk costs.
 */
export class NumberLists {
  /** All lists; the one of number n lies from `starts[n]` to before `starts[n + 1]`. */
  readonly numbers: Int32Array;
  readonly starts: Int32Array;

  constructor(lists: readonly (readonly number[])[]) {
    this.numbers = Int32Array.from(lists.flat());
    this.starts = new Int32Array(lists.length + 1);
    lists.forEach((list, number) => (this.starts[number + 1] = this.starts[number]! + list.length));
  }
}
