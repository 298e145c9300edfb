import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { ImportFormat } from '../contract/engagements.ts'

// Commands are loaded when they are called: what one has compiled, the next one finds.
enableCompileCache(fileURLToPath(new URL('../dist/.compile-cache', import.meta.url)))

/** The command line: the same use-cases as the web, each loaded only when it is called. */
const program = new Command('horseshoe')
  .description(
    'Horseshoe on the command line. Settings are those of the server (HORSESHOE_DATA, DATABASE_URL, ...).',
  )
  .showHelpAfterError()
  .exitOverride()

program
  .command('read')
  .description('read NDJSON {"id", "text"} on standard input and write what was understood, a line each')
  .action(async () => (await import('./cli-read.ts')).read())

program
  .command('import')
  .description('import a file of engagements into a workspace and wait until they went through the loop')
  .argument('<file>')
  .requiredOption('--workspace <name>', 'name or slug of the workspace')
  .option('--format <format>', `${ImportFormat.options.join(', ')}; told from the file where left out`)
  .option('--own <handles>', 'our own handles or addresses, separated by commas')
  .option('--json', 'write the result as JSON')
  .action(async (file: string, options) => (await import('./cli-import.ts')).importFile(file, options))

const report = program.command('report').description('figures, as the Measure pages show them')
report
  .command('response')
  .description('turns, share answered, time to answer')
  .requiredOption('--workspace <name>', 'name or slug of the workspace')
  .option('--from <day>', 'first day, such as 2026-03-01')
  .option('--to <day>', 'last day')
  .option('--json', 'write the report as JSON')
  .action(async (options) => (await import('./cli-report.ts')).reportResponse(options))

const channel = program.command('channel').description('channels, and the accounts connected by them')
channel
  .command('list')
  .description('every channel, how it listens, and what it was proven on')
  .option('--json', 'write the list as JSON')
  .action(async (options) => (await import('./cli-channel.ts')).listChannels(options))
channel
  .command('check')
  .description('ask the network whether a connected account works; changes nothing')
  .argument('<name>', 'the channel, such as bluesky')
  .requiredOption('--account <account>', 'handle or id of the account')
  .option('--json', 'write the report as JSON')
  .action(async (name: string, options) =>
    (await import('./cli-channel.ts')).verifyChannel(name, options, { isCheckOnly: true }),
  )
channel
  .command('verify')
  .description('prove a channel on the real network with a connected account: check, capture, round trip')
  .argument('<name>', 'the channel, such as bluesky')
  .requiredOption('--account <account>', 'handle or id of the account')
  .option('--live', 'say something that others can see, and take it back where that is possible')
  .option('--to <address>', 'where a private word may go')
  .option('--json', 'write the report as JSON')
  .action(async (name: string, options) =>
    (await import('./cli-channel.ts')).verifyChannel(name, options, { isCheckOnly: false }),
  )

const workspace = program.command('workspace').description('workspaces')
workspace
  .command('create')
  .description('make a workspace; its owner is the owner of this installation, once there is one')
  .argument('<name>')
  .option('--time-zone <zone>', 'such as Europe/Berlin', 'UTC')
  .option('--json', 'write the result as JSON')
  .action(async (name: string, options) =>
    (await import('./cli-workspace.ts')).createWorkspace(name, options),
  )

const member = program.command('member').description('people who sign in')
member
  .command('password')
  .description('set a new password for somebody who forgot theirs; their sessions end')
  .argument('<email>')
  .action(async (email: string) => (await import('./cli-member.ts')).setPassword(email))

program
  .command('backup')
  .description('write everything into one verified file; the key file is not in it')
  .argument('<file>')
  .action(async (file: string) => (await import('./cli-backup.ts')).backup(file))

program
  .command('restore')
  .description('read a backup into an empty installation')
  .argument('<file>')
  .action(async (file: string) => (await import('./cli-backup.ts')).restore(file))

program
  .command('doctor')
  .description('look at the installation and say what is wrong with it')
  .option('--json', 'write the findings as JSON')
  .action(async (options) => (await import('./cli-doctor.ts')).doctor(options))

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
