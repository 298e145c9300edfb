import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router'
import type { QueryClient } from '@tanstack/react-query'
import { queryClient } from './api.ts'
import { enterWorkspace } from './current-workspace.ts'
import { errorCode } from './error-words.ts'
import { meQuery } from './session.ts'
import { Shell } from './shell/shell.tsx'
import { PageError, PageSkeleton, PageUnknown } from './shell/page-states.tsx'
import { readTextSearch } from './url-search.ts'

interface RouterContext {
  readonly queryClient: QueryClient
}

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  errorComponent: PageError,
  notFoundComponent: PageUnknown,
})

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./features/sign-in/start-page.tsx'), 'StartPage'),
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('./features/sign-in/sign-in-page.tsx'), 'SignInPage'),
})
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite',
  component: lazyRouteComponent(() => import('./features/sign-in/invitation-page.tsx'), 'InvitationPage'),
})
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./features/setup/setup-page.tsx'), 'SetupPage'),
})

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$workspace',
  beforeLoad: async ({ params, context, location }) => {
    if (enterWorkspace(params.workspace)) dropOtherWorkspace(context.queryClient)
    try {
      await context.queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (errorCode(error) !== 'UNAUTHORIZED') throw error
      throw redirect({ to: '/sign-in', search: { to: location.href } })
    }
  },
  component: Shell,
})
const workspaceStart = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspace/today', params })
  },
})
const today = createRoute({
  getParentRoute: () => workspace,
  path: '/today',
  component: lazyRouteComponent(() => import('./features/today/today-page.tsx'), 'TodayPage'),
})
const desk = createRoute({
  getParentRoute: () => workspace,
  path: '/desk',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('./features/cases/desk-page.tsx'), 'DeskPage'),
})
const people = createRoute({
  getParentRoute: () => workspace,
  path: '/people',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('./features/people/people-page.tsx'), 'PeoplePage'),
})
const person = createRoute({
  getParentRoute: () => workspace,
  path: '/people/$personId',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('./features/people/person-page.tsx'), 'PersonPage'),
})
const presences = createRoute({
  getParentRoute: () => workspace,
  path: '/presences',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('./features/presences/presences-page.tsx'), 'PresencesPage'),
})
const measureStart = createRoute({
  getParentRoute: () => workspace,
  path: '/measure',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspace/measure/response', params })
  },
})
const measureResponse = createRoute({
  getParentRoute: () => workspace,
  path: '/measure/response',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('./features/measure/response-page.tsx'), 'ResponsePage'),
})
const measureOutcome = createRoute({
  getParentRoute: () => workspace,
  path: '/measure/outcome',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('./features/measure/outcome-page.tsx'), 'OutcomePage'),
})
const imports = createRoute({
  getParentRoute: () => workspace,
  path: '/import',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('./features/imports/import-page.tsx'), 'ImportPage'),
})
const settings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('./features/settings/settings-page.tsx'), 'SettingsPage'),
})

/** What was asked in another workspace must never be shown in this one. */
function dropOtherWorkspace(client: QueryClient): void {
  const me = client.getQueryData(meQuery.queryKey)
  client.clear()
  if (me !== undefined) client.setQueryData(meQuery.queryKey, me)
}

const routeTree = root.addChildren([
  start,
  signIn,
  invite,
  setup,
  workspace.addChildren([
    workspaceStart,
    today,
    desk,
    people,
    person,
    presences,
    measureStart,
    measureResponse,
    measureOutcome,
    imports,
    settings,
  ]),
])

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPendingMs: 200,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: PageUnknown,
  scrollRestoration: true,
  // Addresses hold plain text: `?function=service`, not JSON.
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith((value) => String(value)),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
