/**
 * Gives the memory of an array back at once: the collector knows little of what lies beside its heap, and leaves tens of
 * megabytes there. Nobody may read the array any more; it is empty from now on.
 */
export function letGo({ buffer }: Float64Array | Uint32Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0)
}
