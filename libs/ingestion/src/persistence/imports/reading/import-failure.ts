/** The file cannot be read further: not our fault, and no row's alone. What was read before is kept. */
export class ImportFailure extends Error {
  /** @param line of the file, from 1, where it is known */
  constructor(
    message: string,
    readonly line?: number,
  ) {
    super(message);
  }
}
