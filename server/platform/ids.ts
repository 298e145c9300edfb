import { v7 } from 'uuid'

/** A new UUIDv7: unique, and ordered by time within this process. */
export function newId(): string {
  return v7()
}
