import { certificationOf } from '@repartee/connector-sdk';
import { certificatesWith } from './certificates.js';
import { connectors } from './connectors.registry.js';

describe('the connectors of this installation', () => {
  it.each(connectors.map((connector) => [connector.name, connector] as const))(
    '%s is certified for what it claims, so that the claim is relied on',
    (name, connector) => {
      expect(certificationOf(connector, certificatesWith().get(name))).toBe('certified');
    },
  );
});
