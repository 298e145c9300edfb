/** The connection was not opened, or not read on, by a rule of this house. */
export class EgressRefused extends Error {
  override readonly name = 'EgressRefused'
}
