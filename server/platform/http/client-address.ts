import ipaddr from 'ipaddr.js'

/** Address of the caller: the socket's, or what a trusted proxy says. Anybody else's X-Forwarded-For is ignored. */
export function clientAddress(
  socketAddress: string,
  forwardedFor: string | null,
  trusted: readonly string[],
): string {
  if (forwardedFor === null || !isTrusted(socketAddress, trusted)) return socketAddress
  const hops = forwardedFor.split(',').map((hop) => hop.trim())
  const nearest = hops.findLast((hop) => ipaddr.isValid(hop) && !isTrusted(hop, trusted))
  return nearest ?? socketAddress
}

function isTrusted(address: string, trusted: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return trusted.some((range) => {
    const [network, bits] = range.includes('/') ? ipaddr.parseCIDR(range) : [ipaddr.process(range), undefined]
    if (network.kind() !== parsed.kind()) return false
    return bits === undefined ? network.toString() === parsed.toString() : parsed.match(network, bits)
  })
}
