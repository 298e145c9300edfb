// What package.json and the lockfile must keep: licences that go with Apache-2.0, exact versions, no
// download addresses, so that any registry can serve the same bytes (their hashes stay).

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly dev?: boolean
  readonly link?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export type Lock = Readonly<Record<string, LockedPackage>>

const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
])

/** Licences with duties, each accepted for named packages and for a reason. */
const weighed: readonly { readonly licence: string; readonly packages: RegExp; readonly why: string }[] = [
  {
    licence: 'MPL-2.0',
    packages: /^lightningcss(-|$)/,
    why: 'used unchanged, as a file of its own, by the build',
  },
  { licence: 'MPL-2.0', packages: /^axe-core$/, why: 'used unchanged, in tests only' },
  {
    licence: 'OFL-1.1',
    packages: /^@fontsource-variable\//,
    why: 'a font, shipped unchanged under its own name',
  },
]

/** True for an SPDX expression of which one alternative (`OR`) has only permitted parts (`AND`). */
export function isLicencePermitted(name: string, expression: string): boolean {
  const alternatives = expression.replaceAll(/[()]/g, ' ').split(/\s+OR\s+/)
  return alternatives.some((alternative) =>
    alternative.split(/\s+AND\s+/).every((part) => {
      const licence = part.trim()
      return (
        permissive.has(licence) ||
        weighed.some((each) => each.licence === licence && each.packages.test(name))
      )
    }),
  )
}

export function licenceProblems(name: string, licence: string | undefined): readonly string[] {
  if (licence === undefined) return [`${name} does not say its licence`]
  return isLicencePermitted(name, licence) ? [] : [`${name} is under ${licence}, which nobody weighed`]
}

export function lockProblems(path: string, locked: LockedPackage): readonly string[] {
  const problems = []
  if (locked.resolved !== undefined) problems.push(`${path} holds a download address`)
  if (locked.integrity === undefined && locked.link !== true) problems.push(`${path} has no integrity hash`)
  return problems
}

/**
 * Packages for other platforms that the lockfile leaves out, because the registry had no such version on
 * the day. `npm ci` refuses such a lockfile, on every platform: take a version of the package that is whole.
 */
export function missingPlatforms(lock: Lock): readonly string[] {
  return Object.entries(lock).flatMap(([path, locked]) =>
    Object.keys(locked.optionalDependencies ?? {})
      .filter((name) => !canReach(lock, path, name))
      .map(
        (name) => `${path === '' ? 'package.json' : path} asks for ${name}, which the lockfile does not have`,
      ),
  )
}

/** Looks as Node does: beside the package, then outwards. */
function canReach(lock: Lock, path: string, name: string): boolean {
  if (`${path === '' ? '' : `${path}/`}node_modules/${name}` in lock) return true
  if (path === '') return false
  return canReach(lock, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
}

export function versionProblems(manifest: Manifest): readonly string[] {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  return Object.entries(all)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} is asked for as "${version}", not as one exact version`)
}

/** `node_modules/a/node_modules/@b/c` -> `@b/c` */
export function packageName(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}
