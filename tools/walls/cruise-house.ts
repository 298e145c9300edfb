import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import ts from 'typescript'
import { root } from '../source-files.ts'
import { walls } from './rules.ts'

/** Follows every import below `paths` of the house at `baseDir` and holds it against the walls. */
export async function cruiseHouse(baseDir: string, paths: readonly string[]): Promise<ICruiseResult> {
  const tsConfigFile = join(root, 'tsconfig.json')
  const { output } = await cruise(
    [...paths],
    {
      baseDir,
      ruleSet: { forbidden: walls.map((wall) => wall.rule) },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: ['node_modules', '^dist/', '^data/'] },
      exclude: { path: ['^dist/', '^data/', '^docs/'] },
      ruleFileName: '',
    } as Parameters<typeof cruise>[1],
    {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
    { tsConfig: ts.parseConfigFileTextToJson(tsConfigFile, readFileSync(tsConfigFile, 'utf8')).config },
  )
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text instead of a result')
  return output
}
