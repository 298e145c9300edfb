import { Button, CloseButton, Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { PostPlace } from '../../../contract/replies.ts'
import { api } from '../../api.ts'
import { ChannelMark, channelTitle } from '../../ui/channel-mark.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { EmptyState, ErrorState, Lines } from '../../ui/states.tsx'
import { AttachButton } from './attach-button.tsx'
import { FileDrop } from './file-drop.tsx'
import { FileList } from './file-list.tsx'
import { Pictures } from './pictures.tsx'
import styles from './post-panel.module.css'
import { PostList } from './post-list.tsx'
import { usePost, type Post } from './use-post.ts'
import { fileWords, postWords } from './words.ts'

interface PostPanelProps {
  /** Of the presence that speaks; any other word: the first that can. */
  readonly presenceId: string
  readonly onPick: (presenceId: string) => void
  readonly onClose: () => void
}

/** Where one of our accounts speaks first. */
export function PostPanel({ presenceId, onPick, onClose }: PostPanelProps) {
  const places = useQuery(api.replies.postPlaces.queryOptions())
  const items = places.data?.items ?? []
  const place = items.find((item) => item.presenceId === presenceId) ?? items[0]
  return (
    <section className={styles.panel} aria-label={postWords.title}>
      <div className={styles.head}>
        <h2 className={styles.title}>{postWords.title}</h2>
        <CloseButton aria-label={postWords.close} onClick={onClose} />
      </div>
      <p className={styles.about}>{postWords.about}</p>
      {places.isPending && <Lines rows={5} height={26} />}
      {places.isError && <ErrorState error={places.error} onRetry={() => void places.refetch()} />}
      {places.isSuccess && place === undefined && (
        <EmptyState title={postWords.none}>{postWords.noneAbout}</EmptyState>
      )}
      {place !== undefined && (
        <>
          <Select
            label={postWords.as}
            data={items.map((item) => ({
              value: item.presenceId,
              label: `${channelTitle(item.channel)}: ${item.name || item.handle}`,
            }))}
            value={place.presenceId}
            allowDeselect={false}
            onChange={(next) => next !== null && onPick(next)}
          />
          <PostForm key={place.presenceId} place={place} />
          <PostList presenceId={place.presenceId} />
        </>
      )}
    </section>
  )
}

function PostForm({ place }: { readonly place: PostPlace }) {
  const post = usePost(place)
  const { files, text } = post
  return (
    <div className={styles.form}>
      <FileDrop files={files}>
        <div className={styles.box}>
          <Textarea
            variant="unstyled"
            aria-label={postWords.text}
            placeholder={postWords.hint}
            autosize
            minRows={4}
            maxRows={14}
            value={text}
            onChange={(event) => post.onText(event.currentTarget.value)}
            classNames={{ input: styles.text }}
          />
          <FileList files={files} />
          <PostFoot post={post} />
        </div>
      </FileDrop>
      {place.waits !== null && (
        <p className={styles.note} role="status">
          <SafeText text={place.waits} isInline />
        </p>
      )}
      {post.warnings.map((warning) => (
        <p key={warning} className={styles.note} role="status">
          {warning}
        </p>
      ))}
      {post.isUndescribedHeld && (
        <p className={styles.note} role="status">
          {fileWords.altMissing}{' '}
          <button type="button" className={styles.act} onClick={post.onSend}>
            {fileWords.sendUndescribed}
          </button>
        </p>
      )}
      {(text.trim() !== '' || files.kept.length > 0) && <PostPreview place={place} post={post} />}
    </div>
  )
}

function PostFoot({ post }: { readonly post: Post }) {
  const { place, room } = post
  return (
    <div className={styles.foot}>
      <AttachButton files={post.files} />
      {place.visibilities.length > 1 && (
        <Select
          size="xs"
          w={150}
          aria-label={postWords.who}
          data={place.visibilities.map((level) => ({ value: level, label: postWords.levels[level] }))}
          value={post.visibility}
          allowDeselect={false}
          onChange={(next) => next !== null && post.onVisibility(next)}
        />
      )}
      <span
        className={styles.room}
        data-over={room.isOver || undefined}
        data-tight={room.isTight || undefined}
      >
        {room.isShown && `${room.used.toLocaleString()} / ${(room.limit ?? 0).toLocaleString()}`}
      </span>
      <Button size="compact-md" loading={post.isSending} disabled={!post.canSend} onClick={post.onSend}>
        {postWords.post}
      </Button>
    </div>
  )
}

function PostPreview({ place, post }: { readonly place: PostPlace; readonly post: Post }) {
  const media = post.files.kept.map(({ id, mediaType, alt, name }) => ({
    url: `/api/v1/attachments/${id}`,
    mediaType,
    alt: alt || name,
  }))
  return (
    <figure className={styles.preview} aria-label={postWords.preview}>
      <figcaption>{postWords.preview}</figcaption>
      {post.parts.map((part, index) => (
        <div key={`${index} ${part.length}`} className={styles.card}>
          <p className={styles.who}>
            <ChannelMark channel={place.channel} /> <SafeText text={place.name || place.handle} isInline />
            {post.parts.length > 1 && (
              <span className={styles.part}>
                {index + 1} / {post.parts.length}
              </span>
            )}
          </p>
          <SafeText text={part} />
          {index === 0 && <Pictures media={media} />}
        </div>
      ))}
      {post.cost !== null && <p className={styles.note}>{post.cost}</p>}
    </figure>
  )
}
