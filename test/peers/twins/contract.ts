// Somebody else's contract as a judge: every request to a twin and every answer and push of it must fit the JSON
// Schema that was made from their words. What does not fit is kept, and a twin that was spoken to wrongly fails at its
// end.
import { createRequire } from 'node:module'
import type { Ajv as AjvClass, ValidateFunction } from 'ajv'

const require = createRequire(import.meta.url)
const { Ajv } = require('ajv') as { readonly Ajv: typeof AjvClass }
const addFormats = require('ajv-formats') as (ajv: AjvClass) => AjvClass

export interface Contract {
  /** Null where it fits; else where it does not. */
  judge(name: string, value: unknown): string | null
  /** What did not fit so far; a test that breaks it on purpose takes its own out again. */
  readonly broken: string[]
}

/** A place where the network is known to differ from its contract or the twin from it, with the source that says so. */
export interface Deviation {
  readonly where: string
  readonly why: string
  readonly source: string
  /** The complaints of the judge that this explains, where it makes any. */
  readonly explains?: RegExp
}

export interface ContractOptions {
  /** A schema with definitions. */
  readonly schema: object
  /** The place in it of what a name names, such as `#/definitions/Update`. */
  readonly place: (name: string) => string
  readonly deviations: readonly Deviation[]
}

export function openContract({ schema, place, deviations }: ContractOptions): Contract {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: false, validateFormats: true, logger: false }))
  ajv.addSchema(schema, 'contract')
  const validators = new Map<string, ValidateFunction>()
  const broken: string[] = []
  function validatorOf(name: string): ValidateFunction {
    const known = validators.get(name) ?? ajv.compile({ $ref: `contract${place(name)}` })
    validators.set(name, known)
    return known
  }
  return {
    broken,
    judge(name, value) {
      const validate = validatorOf(name)
      if (validate(value) === true) return null
      const complaint = `${name}: ${ajv.errorsText(validate.errors).slice(0, 300)} in ${JSON.stringify(value).slice(0, 300)}`
      if (deviations.some(({ explains }) => explains?.test(complaint))) return null
      broken.push(complaint)
      return complaint
    },
  }
}
