import pg from 'pg'

/**
 * One connection with the settings under which COPY writes and reads the same text on every
 * server. Row-level security raises an error instead of leaving rows out silently.
 */
export async function inSession<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'horseshoe backup' })
  // The query that is under way rejects too; an idle connection that breaks must not end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(
      `set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC';
       set extra_float_digits = 1; set bytea_output = 'hex'; set search_path = ''; set row_security = off;
       set statement_timeout = 0; set idle_in_transaction_session_timeout = 0`,
    )
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
