/** Rolls a transaction back and carries out of it what it would have come to. */
export class Previewed<T> extends Error {
  constructor(readonly preview: T) {
    super('a preview changes nothing');
  }
}
