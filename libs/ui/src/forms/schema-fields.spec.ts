import { fieldsOf, valueFrom } from './schema-fields.js';

describe('fields of a JSON Schema', () => {
  const fields = fieldsOf({
    required: ['email'],
    properties: {
      email: { type: 'string', format: 'email', title: 'E-mail' },
      favouriteColour: { type: ['string', 'null'], enum: ['red', 'blue'], description: 'Any' },
      notes: { type: 'string', maxLength: 5000 },
      age: { type: 'integer', minimum: 0 },
      wantsNews: { type: 'boolean' },
      address: { type: 'object' },
      apiKey: { type: 'string', writeOnly: true },
    },
  });

  it('have a label, a kind and a control; what is no plain value has none', () => {
    expect(
      fields.map(({ name, label, kind, inputType, long }) => [name, label, kind, inputType, long]),
    ).toEqual([
      ['email', 'E-mail', 'string', 'email', false],
      ['favouriteColour', 'Favourite colour', 'string', 'text', false],
      ['notes', 'Notes', 'string', 'text', true],
      ['age', 'Age', 'integer', 'number', false],
      ['wantsNews', 'Wants news', 'boolean', 'text', false],
      ['apiKey', 'Api key', 'string', 'password', false],
    ]);
    expect(fields[0]?.required).toBe(true);
    expect(fields[1]).toMatchObject({ choices: ['red', 'blue'], hint: 'Any', required: false });
  });

  it('read what was typed', () => {
    const [email, , , age] = fields;
    expect(email && valueFrom(email, '')).toBeUndefined();
    expect(age && valueFrom(age, '42')).toBe(42);
  });
});
