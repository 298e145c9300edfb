import { Button } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OwnPost } from '../../../contract/replies.ts'
import { api, client, queryClient } from '../../api.ts'
import { useSession } from '../../session.ts'
import { notifyError } from '../../ui/notify.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { deliveryTitles, visibilityTitles } from '../cases/words.ts'
import { Pictures } from './pictures.tsx'
import styles from './post-panel.module.css'
import { postWords } from './words.ts'

/** What this account said first: whether it left, and what came back. */
export function PostList({ presenceId }: { readonly presenceId: string }) {
  const query = useInfiniteQuery(
    api.replies.posts.infiniteOptions({
      input: (cursor: string | undefined) => ({
        id: presenceId,
        limit: 10,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
  )
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <h3 className={styles.before}>{postWords.before}</h3>
      {query.isSuccess && items.length === 0 && <p className={styles.note}>{postWords.nothingBefore}</p>}
      <ol className={styles.posts}>
        {items.map((post) => (
          <PostItem key={post.engagement.id} post={post} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button variant="subtle" size="compact-sm" onClick={() => void query.fetchNextPage()}>
          {postWords.more}
        </Button>
      )}
    </>
  )
}

function PostItem({ post }: { readonly post: OwnPost }) {
  const { slug } = useSession()
  const { engagement, cases } = post
  return (
    <li className={styles.card}>
      <SafeText text={engagement.text} />
      <Pictures media={engagement.media} />
      <p className={styles.facts}>
        <span>{engagement.author.name}</span>
        <RelativeTime at={engagement.publishedAt} />
        {engagement.visibility !== 'public' && <span>{visibilityTitles[engagement.visibility]}</span>}
        <Counts post={post} />
        {cases.map(({ id, number, name }) => (
          <Link
            key={id}
            to="/w/$workspace/desk"
            params={{ workspace: slug }}
            search={{ view: 'all', case: id }}
          >
            {postWords.toCase(number, name)}
          </Link>
        ))}
      </p>
      <Standing engagement={engagement} />
    </li>
  )
}

function Counts({ post: { answers, likes, shares } }: { readonly post: OwnPost }) {
  return (
    <>
      {answers > 0 && <span>{postWords.answers(answers)}</span>}
      {likes > 0 && <span>{postWords.likes(likes)}</span>}
      {shares > 0 && <span>{postWords.shares(shares)}</span>}
    </>
  )
}

function Standing({ engagement: { id, delivery } }: Pick<OwnPost, 'engagement'>) {
  const ask = useMutation({
    mutationFn: (what: 'retry' | 'giveUp') => client.replies[what]({ id }),
    onError: notifyError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.replies.posts.key() }),
  })
  if (delivery === null) return null
  const { state, detail, canRetry, canGiveUp } = delivery
  const isSaid = detail !== '' && state !== 'sent' && state !== 'delivered' && state !== 'read'
  return (
    <p className={styles.standing} data-state={state}>
      <span>{deliveryTitles[state]}</span>
      {isSaid && <SafeText text={detail} isInline />}
      {canRetry && (
        <button type="button" className={styles.act} onClick={() => ask.mutate('retry')}>
          {postWords.retry}
        </button>
      )}
      {canGiveUp && (
        <button type="button" className={styles.act} onClick={() => ask.mutate('giveUp')}>
          {postWords.giveUp}
        </button>
      )}
    </p>
  )
}
