/** A secret that cannot be read. The message is for the operator and holds nothing of the secret. */
export class UnreadableSecretError extends Error {
  override readonly name = 'UnreadableSecretError';

  static tampered(owner: string, name: string): UnreadableSecretError {
    const what = `the secret ${name} of ${owner}`;
    return new UnreadableSecretError(`${what} was changed where it is stored; set it again`);
  }

  static withoutKey(keyId: string): UnreadableSecretError {
    return new UnreadableSecretError(
      `this process lacks the master key ${keyId}: give it in REPARTEE_SECRETS_KEY, or share the DATA_DIR it is kept in`,
    );
  }
}
