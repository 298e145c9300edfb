const { DatabaseSync } = require('node:sqlite')

/** What a statement says after it ran; its name is read by the caller. */
class Statement {
  constructor({ changes, lastInsertRowid }) {
    this.changes = Number(changes)
    this.lastID = Number(lastInsertRowid)
  }
}

class Database {
  #database
  constructor(filename, _mode, done) {
    this.filename = filename
    this.#database = new DatabaseSync(filename)
    queueMicrotask(() => done?.(null))
  }

  serialize(work) {
    work?.()
  }

  run(sql, ...rest) {
    this.#ask(sql, rest)
    return this
  }

  all(sql, ...rest) {
    this.#ask(sql, rest)
    return this
  }

  exec(sql, done) {
    this.#answer(done, () => {
      this.#database.exec(sql)
      return [new Statement({ changes: 0, lastInsertRowid: 0 }), []]
    })
    return this
  }

  close(done) {
    this.#answer(done, () => {
      this.#database.close()
      return [this, []]
    })
  }

  #ask(sql, rest) {
    const done = typeof rest.at(-1) === 'function' ? rest.pop() : undefined
    this.#answer(done, () => {
      const statement = this.#database.prepare(sql)
      const values = valuesOf(rest[0])
      if (statement.columns().length > 0) {
        return [
          new Statement({ changes: 0, lastInsertRowid: 0 }),
          statement.all(...values).map((row) => ({ ...row })),
        ]
      }
      return [new Statement(statement.run(...values)), []]
    })
  }

  #answer(done, work) {
    let result
    try {
      result = work()
    } catch (error) {
      const code = /constraint failed/i.test(error.message) ? 'SQLITE_CONSTRAINT' : 'SQLITE_ERROR'
      const failure = Object.assign(new Error(`${code}: ${error.message}`), { code })
      if (done === undefined) throw failure
      return queueMicrotask(() => done.call(this, failure))
    }
    queueMicrotask(() => done?.call(result[0], null, result[1]))
  }
}

function valuesOf(given) {
  if (given === undefined || given === null) return []
  if (Array.isArray(given)) return given.map(plain)
  const named = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, plain(value)]))
  return Object.keys(named).length === 0 ? [] : [named]
}

function plain(value) {
  if (value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  return value instanceof Date ? value.toISOString() : value
}

const library = { Database, OPEN_READONLY: 1, OPEN_READWRITE: 2, OPEN_CREATE: 4 }
library.verbose = () => library
module.exports = library
