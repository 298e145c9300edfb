/** A backup cannot be made, read or restored; `message` is a sentence for the person at the terminal. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused'
}
