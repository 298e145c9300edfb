import './own-web.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ChatPage } from './chat-page.tsx'
import { ContactPage } from './contact-page.tsx'
import { ConversationPage } from './conversation-page.tsx'
import { readPlace, type OwnWebPlace } from './own-web-place.ts'
import { Frame, Problem } from './frame.tsx'
import { SurveyPage } from './survey-page.tsx'
import { words } from './words.ts'

const root = document.getElementById('root')

if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Page place={readPlace(location.pathname)} />
    </StrictMode>,
  )
}

/** The pages for people outside: no shell, no sign-in, little code. */
function Page({ place }: { readonly place: OwnWebPlace | undefined }) {
  if (place?.page === 'contact') return <ContactPage workspace={place.key} />
  if (place?.page === 'chat') return <ChatPage workspace={place.key} />
  if (place?.page === 'conversation') return <ConversationPage token={place.key} />
  if (place?.page === 'survey') return <SurveyPage token={place.key} />
  return (
    <Frame>
      <Problem title={words.unknownTitle} about={words.unknownAbout} />
    </Frame>
  )
}
