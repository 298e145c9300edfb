import type { CompanyFunction } from '../../../contract/workspace.ts'

/** A key for a new function out of its title, unlike those taken; undefined where the title holds no letter. */
export function keyOfTitle(title: string, taken: readonly string[]): string | undefined {
  const base = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 36)
  if (base === '') return title.trim() === '' ? undefined : firstFree('function', taken)
  return firstFree(base, taken)
}

function firstFree(base: string, taken: readonly string[]): string {
  if (!taken.includes(base)) return base
  let number = 2
  while (taken.includes(`${base}-${number}`)) number += 1
  return `${base}-${number}`
}

/** What most companies have; a new workspace starts with these. */
export const usualFunctions: readonly CompanyFunction[] = [
  { key: 'service', title: 'Customer service' },
  { key: 'community', title: 'Community' },
  { key: 'marketing', title: 'Marketing' },
  { key: 'sales', title: 'Sales' },
  { key: 'pr', title: 'PR' },
  { key: 'product', title: 'Product' },
]
