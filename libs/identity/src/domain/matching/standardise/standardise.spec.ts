import { standardise } from './standardise.js';

describe('standardise', () => {
  it('leaves the source values as they are', () => {
    const fields = Object.freeze({ first_name: ' Zoë ', email: 'A@B.example' });
    expect(standardise(fields)).toMatchObject({ given: 'zoe', email: 'a@b.example' });
    expect(fields).toEqual({ first_name: ' Zoë ', email: 'A@B.example' });
  });

  it.each(['', '  ', 'null', 'N/A', 'unknown', '-', '?', 'xxx', '0000', 'not known', 'none'])(
    'takes “%s” for nothing, in every field',
    (nothing) => {
      const record = standardise({
        full_name: nothing,
        first_name: nothing,
        last_name: nothing,
        date_of_birth: nothing,
        gender: nothing,
        occupation: nothing,
        birth_place: nothing,
        full_address: nothing,
        house_number: nothing,
        street: nothing,
        city: nothing,
        region: nothing,
        postal_code: nothing,
        country: nothing,
        email: nothing,
        phone: nothing,
        national_id: nothing,
        passport_number: nothing,
      });
      expect(Object.values(record).filter((value) => value !== undefined)).toEqual([]);
    },
  );

  it.each([
    [{ full_name: 'Dr. John Paul Smith Jr' }, { given: 'john', middle: 'paul', family: 'smith' }],
    [{ full_name: 'Smith, John Paul' }, { given: 'john', middle: 'paul', family: 'smith' }],
    [{ full_name: 'Vincent van der Berg' }, { given: 'vincent', family: 'van der berg' }],
    [{ full_name: 'Иван Петров' }, { given: 'ivan', family: 'petrov' }],
    [{ full_name: 'Cher' }, { given: 'cher' }],
    [{ full_name: 'Sir Baronet' }, {}],
    [
      { first_name: 'Anna Maria', last_name: "O'Brien" },
      { given: 'anna', middle: 'maria', family: 'obrien' },
    ],
    [
      { full_name: 'Ann B. Lee', first_name: 'Ann', last_name: 'Lee' },
      { given: 'ann', middle: 'b', family: 'lee' },
    ],
    [
      { full_name: 'Dr Ann Lee', first_name: 'Dr', last_name: 'Lee' },
      { given: 'ann', family: 'lee' },
    ],
  ])('reads the name %j', (fields, name) => expect(standardise(fields)).toEqual(name));

  it.each([
    ['1980-03-25', '1980-03-25'],
    ['19800325', '1980-03-25'],
    ['25/03/1980', '1980-03-25'],
    ['03/25/1980', '1980-03-25'],
    ['25.3.80', '1980-03-25'],
    ['25 March 1980', '1980-03-25'],
    ['Mar 25, 1980', '1980-03-25'],
    ['1980', '1980-00-00'],
    ['1980-03', '1980-03-00'],
    ['1980-03-25T00:00:00Z', '1980-03-25'],
    ['1980-03-25 00:00', '1980-03-25'],
    ['1834-70-14', '1834-70-14'],
    ['1900-01-01', undefined],
    ['0000-00-00', undefined],
    ['9999-12-31', undefined],
    ['soon', undefined],
  ])('reads the date %s', (text, date) => expect(standardise({ date_of_birth: text }).born).toBe(date));

  it.each([
    ['+44 20 7946 0018', undefined, '+442079460018'],
    ['0049 30 901820', undefined, '+4930901820'],
    ['020 7946 0018', 'GB', '+442079460018'],
    ['020 7946 0018', undefined, '2079460018'],
    ['0000000', undefined, undefined],
    ['123456789', undefined, undefined],
    ['12', undefined, undefined],
  ])('reads the telephone number %s in %s', (phone, country, standard) =>
    expect(standardise({ phone, country }).phone).toBe(standard),
  );

  it.each([
    ['Ann+Shop@Example.ORG', 'ann@example.org'],
    ['a.n.n@gmail.com', 'ann@gmail.com'],
    ['mailto:ann@example.org', 'ann@example.org'],
    ['noreply@example.org', undefined],
    ['ann', undefined],
    ['@example.org', undefined],
  ])('reads the e-mail address %s', (email, standard) => expect(standardise({ email }).email).toBe(standard));

  it.each([
    [{ street: '12 High Street' }, { house: '12', street: 'high st' }],
    [{ street: 'Hauptstraße 5a' }, { house: '5a', street: 'hauptstrasse' }],
    [
      { street: 'High St', house_number: ' 12 ' },
      { house: '12', street: 'high st' },
    ],
    [{ postal_code: 'SW1A 2BJ' }, { postal: 'sw1a2bj' }],
    [{ postal_code: '00000' }, {}],
    [{ full_address: '12 High Street, London' }, { address: '12 high st london' }],
  ])('reads the address %j', (fields, address) => expect(standardise(fields)).toMatchObject(address));

  it('reads genders in several tongues', () => {
    expect(
      ['F', 'female', 'Frau', 'mujer', 'Männlich', 't2227949966'].map(
        (gender) => standardise({ gender }).gender,
      ),
    ).toEqual(['f', 'f', undefined, 'f', 'm', undefined]);
  });
});
