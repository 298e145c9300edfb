import type { BusinessHours, CompanyFunction } from '../../contract/workspace.ts'

/** The functions of a company that meet its customers; each workspace may change them. */
export const defaultFunctions: readonly CompanyFunction[] = [
  { key: 'service', title: 'Service' },
  { key: 'community', title: 'Community' },
  { key: 'marketing', title: 'Marketing' },
  { key: 'sales', title: 'Sales' },
  { key: 'pr', title: 'PR' },
  { key: 'product', title: 'Product' },
]

const nineToSix: [number, number][] = [[540, 1080]]

/** Monday to Friday, 9 to 18. */
export const defaultHours: BusinessHours = {
  weekly: {
    '1': nineToSix,
    '2': nineToSix,
    '3': nineToSix,
    '4': nineToSix,
    '5': nineToSix,
    '6': [],
    '7': [],
  },
  holidays: [],
}
