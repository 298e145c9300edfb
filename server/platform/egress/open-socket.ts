import { connect, type Socket } from 'node:net'

/** Tries the addresses one after another, so that the one that was checked is the one that is used. */
export async function openSocket(addresses: readonly string[], port: number, end: number): Promise<Socket> {
  let failure: unknown = new Error('no address to connect to')
  for (const address of addresses) {
    try {
      return await openOne(address, port, Math.max(1, end - Date.now()))
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

function openOne(host: string, port: number, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    const timer = setTimeout(() => socket.destroy(new Error('no connection in time')), timeoutMs)
    socket.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      // Whoever uses it listens as well; until then a reset must not end the process.
      socket.on('error', () => {})
      resolve(socket)
    })
  })
}
