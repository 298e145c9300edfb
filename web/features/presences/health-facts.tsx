import type { ReactNode } from 'react'
import type { Connection } from '../../../contract/connections.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { sayExact } from '../../ui/say-time.ts'
import styles from './presences.module.css'
import { sayBudget, sayLag } from './say-health.ts'
import { listenTitles, words } from './words.ts'

/** The counters of a connection, as the core keeps them. */
export function HealthFacts({ connection: { health } }: { readonly connection: Connection }) {
  const { lag, unknown } = health
  return (
    <>
      <h3>{words.health}</h3>
      <dl className={styles.facts}>
        <Fact name={words.lastEvent} value={when(health.lastEventAt)} />
        <Fact name={words.lastContact} value={when(health.lastContactAt)} />
        {health.listens !== null && <Fact name={words.listens} value={listenTitles[health.listens]} />}
        {lag.arrival !== null && <Fact name={words.arrival} value={both(lag.arrival)} />}
        {lag.shown !== null && <Fact name={words.shown} value={both(lag.shown)} />}
        {health.budget !== null && <Fact name={words.budget} value={sayBudget(health.budget)} />}
        {health.leaseUntil !== null && (
          <Fact name={words.lease} value={sayExact(Date.parse(health.leaseUntil))} />
        )}
        {health.waitsUntil !== null && (
          <Fact name={words.retry} value={<RelativeTime at={health.waitsUntil} />} />
        )}
        {health.waiting > 0 && <Fact name={words.waiting} value={health.waiting.toLocaleString()} />}
      </dl>
      <p className={styles.text}>{lag.samples > 0 ? words.lagAbout : words.noLag}</p>
      {unknown.length > 0 && (
        <>
          <h3>{words.unknown}</h3>
          <dl className={styles.facts}>
            {unknown.map(({ kind, count }) => (
              <Fact key={kind} name={kind} value={count.toLocaleString()} />
            ))}
          </dl>
        </>
      )}
    </>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

function when(at: string | null): ReactNode {
  return at === null ? words.never : <RelativeTime at={at} />
}

function both({ p50, p95 }: { readonly p50: number; readonly p95: number }): string {
  return `${sayLag(p50)} / ${sayLag(p95)}`
}
