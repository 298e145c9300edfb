import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import './ui/tokens.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api.ts'
import { router } from './routes.tsx'
import { NoticePlace } from './ui/notify.tsx'
import { cssVariables, theme } from './ui/theme.ts'

const colorScheme = localStorageColorSchemeManager({ key: 'horseshoe-color-scheme' })
const place = document.getElementById('root')

if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        colorSchemeManager={colorScheme}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <NoticePlace />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
