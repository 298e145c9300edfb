import pg from 'pg'

/**
 * Installs the job library's schema, and the one function by which the unprivileged role may ask for work
 * in its own transaction.
 */
export async function run(ownerUrl: string): Promise<void> {
  const { runMigrations } = await import('graphile-worker')
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool })
    await pool.query(`
      create or replace function ask_for_job(task text, payload json, queue text, key text, run_at timestamptz, tries int)
      returns void language sql security definer set search_path = '' as $$
        select graphile_worker.add_job(task, payload, queue_name := queue, job_key := key, run_at := run_at,
          max_attempts := tries, job_key_mode := 'preserve_run_at')
      $$`)
  } finally {
    await pool.end()
  }
}
