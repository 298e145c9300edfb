// A line in front of a server on which things go wrong when told to.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Fault } from '../../../channels/conformance/backend.ts'

export type LineFault = Extract<Fault, { kind: 'html-error' | 'half-answer' | 'cut' | 'refuse' | 'slow' }>

export interface BadLine {
  readonly port: number
  fault(fault: LineFault | null): void
  close(): Promise<void>
}

const page =
  'HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html><body><h1>502</h1></body></html>\r\n'

export async function openBadLine(target: number): Promise<BadLine> {
  const open = new Set<Socket>()
  let fault: LineFault | null = null
  const server = createServer((near) => {
    keep(near)
    if (fault?.kind === 'cut' || fault?.kind === 'refuse') return void near.destroy()
    if (fault?.kind === 'html-error') return void near.end(page)
    const far = connect(target, '127.0.0.1')
    keep(far)
    near.on('data', (bytes) => far.write(bytes))
    far.on('data', (bytes) => pass(bytes, near))
    near.on('close', () => far.destroy())
    far.on('close', () => near.end())
  })
  function keep(socket: Socket): void {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => open.delete(socket))
  }
  function pass(bytes: Buffer, near: Socket): void {
    if (fault?.kind === 'half-answer') return void near.end(bytes.subarray(0, Math.ceil(bytes.length / 2)))
    if (fault?.kind === 'slow') setTimeout(() => near.write(bytes), fault.ms)
    else near.write(bytes)
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    fault(next) {
      fault = next
      if (next !== null && next.kind !== 'slow') for (const socket of open) socket.destroy()
    },
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
