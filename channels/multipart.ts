import type { OutgoingMedia } from './acting.ts'

/** A form with one file, as networks take uploads: the body and its content type. */
export async function multipart(
  fields: Readonly<Record<string, string>>,
  name: string,
  file: OutgoingMedia,
): Promise<{ readonly body: Uint8Array; readonly contentType: string }> {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  form.append(name, new File([new Uint8Array(file.bytes)], file.name, { type: file.mediaType }))
  const whole = new Response(form)
  const body = new Uint8Array(await whole.arrayBuffer())
  return { body, contentType: whole.headers.get('content-type') ?? 'multipart/form-data' }
}
