export function modelCard(_: unknown): string { return '' }
