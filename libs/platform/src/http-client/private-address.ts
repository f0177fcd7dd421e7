import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Networks that are not the public Internet (IANA special-purpose registries, RFC 6890). */
const V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
const V6 = [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const;

function notPublic(): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of V4) list.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of V6) list.addSubnet(network, prefix, 'ipv6');
  return list;
}

const NOT_PUBLIC = notPublic();

/** Whether an IP address is private, local or otherwise not of the public Internet. What is no address is refused. */
export function isPrivateAddress(address: string): boolean {
  if (isIPv4(address)) return NOT_PUBLIC.check(address, 'ipv4');
  if (isIPv6(address)) return NOT_PUBLIC.check(address, 'ipv6');
  return true;
}
