import { expect, test } from 'vitest'
import {
  isLicencePermitted,
  licenceProblems,
  lockProblems,
  missingPlatforms,
  packageName,
  versionProblems,
} from './packages.ts'

test.each([
  ['a', 'MIT', true],
  ['a', '(MIT OR GPL-3.0-only)', true],
  ['a', 'MIT AND ISC', true],
  ['a', 'MIT AND GPL-3.0-only', false],
  ['a', 'GPL-3.0-or-later', false],
  ['a', 'AGPL-3.0-only', false],
  ['a', 'SEE LICENSE IN LICENSE', false],
  ['a', 'MPL-2.0', false],
  ['lightningcss-linux-x64-gnu', 'MPL-2.0', true],
])('%s under %s may be used: %s', (name, licence, may) => {
  expect(isLicencePermitted(name, licence)).toBe(may)
})

test('a package without a licence is named', () => {
  expect(licenceProblems('a', undefined)).toEqual(['a does not say its licence'])
})

test('a download address or a missing hash in the lockfile is named', () => {
  expect(lockProblems('node_modules/a', { resolved: 'https://example.org/a.tgz' })).toHaveLength(2)
  expect(lockProblems('node_modules/a', { integrity: 'sha512-a' })).toEqual([])
})

test('only exact versions are accepted', () => {
  expect(versionProblems({ dependencies: { a: '1.2.3', b: '18.4.0-beta.17' } })).toEqual([])
  expect(versionProblems({ dependencies: { a: '^1.2.3' }, devDependencies: { b: 'latest' } })).toHaveLength(2)
})

test('the name of a nested package is its own', () => {
  expect(packageName('node_modules/a/node_modules/@b/c')).toBe('@b/c')
})

test('a package for another platform that the lockfile leaves out is named', () => {
  const lock = {
    'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-mac': '1.0.0' } },
    'node_modules/a-linux': {},
  }
  expect(missingPlatforms(lock)).toEqual(['node_modules/a asks for a-mac, which the lockfile does not have'])
})

test('a package for another platform may stand below the one that asks for it', () => {
  const lock = {
    'node_modules/a/node_modules/b': { optionalDependencies: { c: '1.0.0', d: '1.0.0' } },
    'node_modules/a/node_modules/c': {},
    'node_modules/d': {},
  }
  expect(missingPlatforms(lock)).toEqual([])
})
