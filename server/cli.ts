import { Command, CommanderError } from 'commander'

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
  .option(
    '--format <format>',
    'twcs, csv, ndjson, activitystreams or mbox; told from the file where left out',
  )
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
