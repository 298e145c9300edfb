import { conformance } from '../../channels/conformance/kit.ts'
import { reviewPage } from '../../channels/feeds/review-page.ts'
import { openReviewBackend } from '../peers/open-web/review-backend.ts'

conformance(
  'review page',
  { plug: reviewPage, openBackend: openReviewBackend },
  {
    hasNoThreads: 'reviews answer nothing',
    faults: ['status', 'html-error', 'half-answer', 'cut', 'refuse', 'slow'],
  },
)
