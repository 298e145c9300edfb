/** What this room says while it works; a pino logger fits. Values beside constant sentences, never personal data. */
export interface Log {
  info(values: object, message: string): void
  warn(values: object, message: string): void
  error(values: object, message: string): void
}
