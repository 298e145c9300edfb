import type { Account, Checked } from '../channel.ts'
import type { PostRules } from '../post-length.ts'
import { ask, idOf, nameOf, objectOf, textOf, type Api } from './api.ts'

const wanted = ['read', 'write'] as const

/** Whose token it is, and what the server lets us write. Reads only. */
export async function check(api: Api, rules: PostRules): Promise<Checked> {
  const [asked, instance] = [
    await ask(api, '/api/v1/accounts/verify_credentials'),
    await ask(api, '/api/v2/instance'),
  ]
  if (!asked.ok) {
    if (asked.error === 'scope.missing') return { state: 'missing-scope', detail: asked.detail }
    if (asked.error.startsWith('auth.')) return { state: 'needs-reauth', detail: asked.detail }
    return { state: 'unreachable', detail: asked.detail }
  }
  const settings = objectOf(instance.ok ? instance.body : {})
  const account = accountOf(api, asked.body, textOf(settings.domain))
  if (account === null) {
    return { state: 'misconfigured', detail: `${api.origin} does not speak the language of Mastodon.` }
  }
  const limits = objectOf(objectOf(settings.configuration).statuses)
  const max = typeof limits.max_characters === 'number' ? limits.max_characters : rules.max
  if (max < rules.max) {
    const detail = `This server takes posts of ${max} characters; here ${rules.max} are given as the longest.`
    return { state: 'misconfigured', detail }
  }
  const detail = `Signed in as @${account.handle}; posts may have ${max} characters.`
  return { state: 'ok', account, detail, permissions: [...wanted] }
}

function accountOf(api: Api, body: unknown, domain: string): Account | null {
  const id = idOf(body)
  const { username, display_name: name, url, avatar } = objectOf(body)
  if (id === null || textOf(username) === '') return null
  return {
    id: nameOf(api, id),
    handle: `${textOf(username)}@${domain === '' ? api.host : domain}`,
    name: textOf(name) === '' ? textOf(username) : textOf(name),
    url: URL.canParse(textOf(url)) ? textOf(url) : null,
    avatarUrl: URL.canParse(textOf(avatar)) ? textOf(avatar) : null,
  }
}
