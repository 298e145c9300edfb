// A process that is watched, and after a moment computes for ever; or, where it is told to, is only there for a while.
import { beWatched } from '../server/platform/watchdog.ts'

beWatched(2)
setTimeout(
  () => {
    if (process.argv[2] === 'idle') process.exit(0)
    for (;;);
  },
  Number(process.argv[3] ?? 700),
)
