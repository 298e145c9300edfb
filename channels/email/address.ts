const address = /^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+$/

/** Whether a text is one plain mail address; nothing that a header or an SMTP command could read as more. */
export function isMailAddress(text: string): boolean {
  return text.length <= 320 && address.test(text)
}

/** Whether a text can be a Message-ID without its angle brackets. */
export function isMessageId(text: string): boolean {
  return text.length <= 512 && /^[^\s<>@]+@[^\s<>@]+$/.test(text)
}
