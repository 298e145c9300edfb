import ipaddr from 'ipaddr.js'

const globalV6 = ipaddr.parseCIDR('2000::/3')

/**
 * Whether an address belongs to the public internet. Everything else is inside: loopback, private, link-local (the
 * metadata services of clouds), carrier, documentation and tunnel ranges, and IPv4 written as IPv6. Of IPv6 only
 * 2000::/3 is given out, and not all of it; `::7f00:1` for one passes as unicast and is not.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return false
  const parsed = ipaddr.process(bare)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || parsed.match(globalV6)
}
