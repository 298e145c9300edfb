/** Where to go after sign-in: a path of this site only, so that a link cannot lead a signed-in member elsewhere. */
export function safeReturn(to: string | undefined): string {
  if (to === undefined || !/^\/(?![/\\])/.test(to)) return '/'
  const url = new URL(to, 'https://here.invalid')
  return url.origin === 'https://here.invalid' ? url.pathname + url.search + url.hash : '/'
}
