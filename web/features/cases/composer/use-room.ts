import type { CaseDetail } from '../../../../contract/cases.ts'
import { measureRoom } from './channel-limits.ts'
import { usePreview } from './use-preview.ts'
import { useChosenWay } from './use-ways.ts'

/** The way that an answer goes, how the network will show it there, and the room that it takes. */
export function useRoom(detail: CaseDetail, text: string, canPreview: boolean) {
  const chosen = useChosenWay(detail.id)
  const { way } = chosen
  const { preview, isExact } = usePreview(detail.id, text, { way: way?.way ?? null, isOn: canPreview })
  return {
    chosen,
    preview,
    room: measureRoom(text, way?.text ?? null, { preview, isExact }),
    /** It goes out, and is not only kept here. */
    leaves: way === undefined ? detail.canSend.isConnected : way.isConnected && way.can,
  }
}
