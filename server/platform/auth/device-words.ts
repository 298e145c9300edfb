const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** "Firefox on Linux", as the browser says of itself; the beginning of what else it says, or "unknown". */
export function deviceOf(userAgent: string | null): string {
  const said = userAgent ?? ''
  const browser = browsers.find(([mark]) => mark.test(said))?.[1]
  const system = systems.find(([mark]) => mark.test(said))?.[1]
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`
  return said.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 60) || 'unknown'
}
