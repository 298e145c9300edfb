/** The few properties that say most about an event, as one line: "total 89, currency EUR". */
const telling = [
  'revenue',
  'total',
  'value',
  'price',
  'currency',
  'order_id',
  'orderId',
  'product',
  'name',
  'title',
  'plan',
  'query',
]

export function sayEvent(properties: Readonly<Record<string, unknown>>): string {
  return telling
    .flatMap((key) => {
      const value = Object.hasOwn(properties, key) ? properties[key] : undefined
      if (typeof value !== 'string' && typeof value !== 'number') return []
      return [`${key.replaceAll(/_|(?=[A-Z])/g, ' ').toLowerCase()} ${String(value).slice(0, 80)}`]
    })
    .slice(0, 4)
    .join(', ')
}
