// What keeps a start from succeeding, as one sentence for whoever gave the setting. Causes stay beside it.

/** A failure to open the port, by its code of the operating system. */
export function portSentence(error: unknown, host: string, port: number): string {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `PORT: ${port} on ${host} is taken by another program. Stop that one, or set PORT to a free one.`
    case 'EACCES':
      return `PORT: this account may not open port ${port}. Set PORT to one above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST: ${host} is no address of this machine. Use 127.0.0.1, 0.0.0.0 or one of its own.`
    default:
      return `PORT: port ${port} on ${host} cannot be opened: ${messageOf(error)}.`
  }
}

/** A failure to reach the database of DATABASE_URL; what the database itself said is passed on. */
export function databaseSentence(error: unknown, databaseUrl: string): string {
  const { host, pathname, username } = new URL(databaseUrl)
  const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET']
  if (unreachable.includes(codeOf(error)))
    return `DATABASE_URL: no PostgreSQL answers at ${host}. Is it running, and may this machine reach it?`
  switch (codeOf(error)) {
    case '28P01':
    case '28000':
      return `DATABASE_URL: PostgreSQL at ${host} does not let ${username} in with this password.`
    case '3D000':
      return `DATABASE_URL: there is no database ${pathname.slice(1)} at ${host}. Make it first.`
    default:
      return `DATABASE_URL: ${messageOf(error)}.`
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
}
