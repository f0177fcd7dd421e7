import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import { describeBus } from '@repartee/core';

interface Document {
  channels: Record<string, { address: string }>;
  components: {
    messages: Record<string, { payload: { $ref: string }; examples: { payload: object }[] }>;
    schemas: Record<string, object>;
  };
}

const document = describeBus() as Document;
const ajv = new Ajv({ strict: false, validateFormats: false });
/** AsyncAPI's schema brings the one of JSON Schema along. */
const asyncApi = new Ajv({
  strict: false,
  validateFormats: false,
  meta: false,
  validateSchema: false,
}).compile(specs.schemas['3.0.0'] as object);

describe('the AsyncAPI document', () => {
  it('is one, by the schema of AsyncAPI 3.0', () => {
    asyncApi(document);
    expect(asyncApi.errors ?? []).toEqual([]);
  });

  it('would not pass with a mistake in it', () => {
    expect(asyncApi({ ...document, operations: { x: { action: 'shout' } } })).toBe(false);
  });

  it.each(Object.entries(document.components.messages))(
    'has an example of %s that its schema takes',
    (name, message) => {
      expect(message.payload.$ref).toBe(`#/components/schemas/${name}`);
      const valid = ajv.compile(document.components.schemas[name] ?? {});
      for (const { payload } of message.examples) {
        valid(payload);
        expect(valid.errors ?? []).toEqual([]);
        if (!('specversion' in payload)) continue;
        expect(valid({ ...payload, type: 'connector.x.dance' })).toBe(false);
        expect(valid({ ...payload, data: {} })).toBe(false);
      }
    },
  );

  it('names the subjects as the bus does', () => {
    const asked = ['receive', 'poll', 'compile', 'render', 'checkSettings', 'forget', 'onEvent'];
    expect(Object.values(document.channels).map(({ address }) => address)).toEqual([
      ...asked.map((call) => `repartee-ask.connector.{connector}.${call}`),
      'repartee.connector.{connector}.deliver',
      'repartee.connector.{connector}.reconcile',
      'repartee.connector.outcome',
    ]);
  });
});
