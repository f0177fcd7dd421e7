import type { CoreUnderTest } from './start-core.js';

/** Puts a configuration in force. Fails when it is refused. */
export async function apply(core: Pick<CoreUnderTest, 'call'>, document: string | object): Promise<void> {
  const answer = await core.call('/v1/apply', { key: 'admin', body: document });
  if (answer.status !== 200) throw new Error(answer.text);
}
