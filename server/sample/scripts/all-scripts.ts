import { communityScripts } from './community.ts'
import { frenchScripts } from './french.ts'
import { germanScripts } from './german.ts'
import { productScripts } from './product.ts'
import { salesScripts } from './sales.ts'
import type { Script } from './script.ts'
import { serviceScripts } from './service.ts'
import { spanishScripts } from './spanish.ts'
import { workshopScripts } from './workshop.ts'

export const allScripts: readonly Script[] = [
  ...serviceScripts,
  ...workshopScripts,
  ...salesScripts,
  ...productScripts,
  ...communityScripts,
  ...germanScripts,
  ...frenchScripts,
  ...spanishScripts,
]
