import ipaddr from 'ipaddr.js'
import { z } from 'zod'

/** Every setting, read from the environment once, here and nowhere else. */
const Settings = z.object({
  HORSESHOE_DATA: z.string().min(1).default('./data'),
  PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(4747),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://care.example.com' })
    .optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must begin with postgresql://' }).optional(),
  DATABASE_APP_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must begin with postgresql://' }).optional(),
  HORSESHOE_ROLE: z.enum(['all', 'web', 'worker'], 'must be all, web or worker').default('all'),
  HORSESHOE_SECRET_KEY_FILE: z.string().min(1).optional(),
  HORSESHOE_POSTGRES_PORT: z.coerce.number('must be a port number').int().min(1).max(65_535).optional(),
  HORSESHOE_POSTGRES_USER: z.string().min(1).optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must begin with smtp:// or smtps://' }).optional(),
  SMTP_FROM: z.email('must be an e-mail address').optional(),
  TRUSTED_PROXIES: z
    .string()
    .refine(
      (text) => listed(text).every(isNetwork),
      'must be addresses or ranges such as 10.0.0.0/8, separated by commas',
    )
    .default(''),
  TRUSTED_HOSTS: z
    .string()
    .regex(/^\s*([^\s,]+:\d+\s*(,\s*|$))*$/, 'must be host:port, separated by commas')
    .default(''),
  MAX_UPLOAD_MB: z.coerce.number('must be a number of megabytes').int().min(1).max(100_000).default(4_096),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be the address of the identity provider' })
    .optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_TITLE: z.string().min(1).default('Company sign-in'),
})

export interface Config {
  readonly dataFolder: string
  readonly port: number
  readonly host: string
  /** Given, or made from host and port when the server listens. */
  readonly publicUrl: string | undefined
  readonly databaseUrl: string | undefined
  readonly databaseAppUrl: string | undefined
  readonly role: 'all' | 'web' | 'worker'
  readonly keyFile: string | undefined
  readonly postgresPort: number | undefined
  readonly postgresUser: string | undefined
  readonly logLevel: string
  readonly smtp: { readonly url: string; readonly from: string } | undefined
  readonly trustedProxies: readonly string[]
  /** `host:port` inside the company that channels may reach; all others must be public. */
  readonly trustedHosts: readonly string[]
  readonly maxUploadBytes: number
  readonly oidc:
    | {
        readonly issuer: string
        readonly clientId: string
        readonly clientSecret: string
        readonly title: string
      }
    | undefined
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly mistakes: readonly string[] }

/** Reads the settings; answers with one clear sentence for each mistake. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ConfigResult {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    return {
      ok: false,
      mistakes: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`),
    }
  }
  const together = checkTogether(parsed.data)
  if (together.length > 0) return { ok: false, mistakes: together }
  return { ok: true, config: toConfig(parsed.data) }
}

function checkTogether(settings: z.infer<typeof Settings>): readonly string[] {
  const mistakes: string[] = []
  if ((settings.SMTP_URL === undefined) !== (settings.SMTP_FROM === undefined)) {
    mistakes.push('SMTP_URL and SMTP_FROM go together: set both, or neither.')
  }
  const oidc = [settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET]
  const given = oidc.filter((value) => value !== undefined).length
  if (given !== 0 && given !== 3) {
    mistakes.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together: set all three, or none.')
  }
  if (settings.DATABASE_APP_URL !== undefined && settings.DATABASE_URL === undefined) {
    mistakes.push('DATABASE_APP_URL needs DATABASE_URL beside it.')
  }
  return mistakes
}

function toConfig(settings: z.infer<typeof Settings>): Config {
  const { SMTP_URL: url, SMTP_FROM: from, OIDC_ISSUER: issuer } = settings
  const { OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings
  return {
    dataFolder: settings.HORSESHOE_DATA,
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, ''),
    databaseUrl: settings.DATABASE_URL,
    databaseAppUrl: settings.DATABASE_APP_URL,
    role: settings.HORSESHOE_ROLE,
    keyFile: settings.HORSESHOE_SECRET_KEY_FILE,
    postgresPort: settings.HORSESHOE_POSTGRES_PORT,
    postgresUser: settings.HORSESHOE_POSTGRES_USER,
    logLevel: settings.LOG_LEVEL,
    smtp: url === undefined || from === undefined ? undefined : { url, from },
    trustedProxies: listed(settings.TRUSTED_PROXIES),
    trustedHosts: listed(settings.TRUSTED_HOSTS),
    maxUploadBytes: settings.MAX_UPLOAD_MB * 1024 * 1024,
    oidc:
      issuer === undefined || clientId === undefined || clientSecret === undefined
        ? undefined
        : { issuer, clientId, clientSecret, title: settings.OIDC_TITLE },
  }
}

function listed(text: string): readonly string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function isNetwork(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text)
}

/** The environment of a worker process beside this web process: same settings, the database as it is running. */
export function workerEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  database: { readonly owner: string; readonly app: string },
  publicUrl: string,
  config: Config,
): Record<string, string | undefined> {
  return {
    ...environment,
    // The GNU allocator then gives back what is free, where by itself it keeps tens of megabytes; others pass it over.
    MALLOC_TRIM_THRESHOLD_: environment['MALLOC_TRIM_THRESHOLD_'] ?? '131072',
    HORSESHOE_ROLE: 'worker',
    HORSESHOE_DATA: config.dataFolder,
    DATABASE_URL: database.owner,
    DATABASE_APP_URL: database.app,
    PUBLIC_URL: publicUrl,
  }
}
