/** Begins what names a row of an imported file: its message id, and the visitor it is made one for. */
export const IMPORTED = 'import:';

/** Whether an event came as a row of a file. */
export function isImported({ messageId }: { messageId: string }): boolean {
  return messageId.startsWith(IMPORTED);
}
