import type { EngagementInput } from '../../contract/engagement.ts'
import type { CaseAct, DecisionPath, Priority, Target } from '../../contract/decision.ts'
import type { Reading } from '../../contract/reading.ts'
import type { BusinessHours } from '../../contract/workspace.ts'
import type { Db } from '../platform/db/scope.ts'
import type { Name } from './store-erase.ts'
import type { QueuedArrival } from './store-queue.ts'

/** One engagement on its way through the loop. Each stage adds what it found out. */
export interface Passing {
  readonly id: string
  readonly arrivalId: string
  input: EngagementInput
  readonly channel: string
  readonly at: Date
  readonly receivedAt: Date
  readonly importId: string | null
  /** The member who wrote it here; null for all that came from outside. */
  readonly memberId: string | null
  /** Came as history: no notifications, no assignment. */
  readonly isHistorical: boolean
  threadId: string
  parentId: string | null
  presenceId: string | null
  identityId: string | null
  personId: string | null
  /** First engagement of this person. */
  isNewPerson: boolean
  reading: Reading | null
  decision: PassedDecision | null
  caseId: string | null
}

/** What the decision tree said; one is kept for every inbound engagement. */
export interface PassedDecision {
  readonly id: string
  readonly treeVersion: number
  readonly leafTitle: string
  readonly act: CaseAct
  readonly function: string
  readonly priority: Priority
  readonly target: Target | null
  readonly path: DecisionPath
}

/** What a stage may know of an engagement that was stored before. */
export interface Stored {
  readonly id: string
  readonly threadId: string
  readonly personId: string | null
  readonly caseId: string | null
  readonly presenceId: string | null
}

/** Somebody whose account is gone; `isLast`: nothing of theirs is left after this batch. */
export interface GoneAuthor {
  readonly source: string
  readonly externalId: string
  readonly at: Date
  readonly isLast: boolean
}

/** An edit of something stored: a new version of the same engagement. */
export interface Edited {
  readonly stored: Stored
  readonly text: string
  readonly at: Date
  reading: Reading | null
}

/** A case that opened in this batch, as the stages behind know it. */
export interface OpenedCase {
  readonly functionKey: string
  readonly target: Target
  /** Its clocks and words stand as they will after the batch: nothing of it must be read again. */
  readonly isSettled: boolean
}

export interface ThreadMerge {
  readonly from: string
  readonly into: string
}

/** What all engagements of a batch share; one transaction. */
export interface Batch {
  readonly db: Db
  readonly workspaceId: string
  readonly now: Date
  readonly settings: BatchSettings
  readonly passing: readonly Passing[]
  readonly edited: readonly Edited[]
  readonly deleted: readonly Stored[]
  /** Those of the deleted whose author left: nobody is named any more as having said them. */
  readonly nameless: ReadonlySet<string>
  /** Whoever left, and whose words are among the deleted. */
  readonly gone: readonly GoneAuthor[]
  /** Everything that changes were about, known here or not, whose words must stand nowhere. */
  readonly unsaid: readonly Name[]
  /** Threads that turned out to be one, because a parent came late. */
  readonly merges: readonly ThreadMerge[]
  /** Threads in which anything changed. */
  readonly threadIds: ReadonlySet<string>
  /**
   * Those of them in which something stood before, or is edited or deleted now: only these have to be read. All others
   * are in `passing` as a whole.
   */
  readonly storedThreadIds: ReadonlySet<string>
  readonly openedCases: Map<string, OpenedCase>
  /** What changed for open pages; told once at the end. */
  readonly changed: {
    readonly caseIds: Set<string>
    readonly personIds: Set<string>
    /** Engagements stored before that were changed on the way, apart from edits and deletes. */
    readonly engagementIds: Set<string>
  }
}

export interface BatchSettings {
  readonly timeZone: string
  readonly hours: BusinessHours
  readonly functions: readonly string[]
  /** Those of them whose cases find their assignee by themselves. */
  readonly assigning: readonly string[]
}

/** One step of the loop over a batch. Stages before storing fill in; stages after it work on what is stored. */
export type Stage = (batch: Batch) => Promise<void>

/** What is not new though it came as such. Ids of arrivals. */
export interface Echoes {
  /** Our own words coming back: known already. */
  readonly ours: ReadonlySet<string>
  /** Cannot be told yet, because words of ours are on their way just now: looked at again in a moment. */
  readonly held: ReadonlySet<string>
}

/** The stages in the order of the loop; app.ts hands them in, so that capture knows none of them. */
export interface Stages {
  readonly sortEchoes: (
    db: Db,
    workspaceId: string,
    arrivals: readonly QueuedArrival[],
    now: Date,
  ) => Promise<Echoes>
  /** Work on words alone, done while the batch before is stored. */
  readonly readAhead: (inputs: readonly EngagementInput[]) => Promise<void>
  readonly recognise: Stage
  readonly read: Stage
  /** Stores the readings; may run while the batch is decided. */
  readonly keepReadings: Stage
  readonly decide: Stage
  /** Opens or continues cases; answers with what stores them, which may run while the engagements are stored. */
  readonly openCases: (batch: Batch) => Promise<() => Promise<void>>
  /** Clocks, turns and outcomes of the touched threads, after the engagements are stored. */
  readonly follow: Stage
}
