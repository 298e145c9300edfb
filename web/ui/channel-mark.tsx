import {
  IconBrandBluesky,
  IconBrandFacebook,
  IconBrandInstagram,
  IconBrandMastodon,
  IconBrandTelegram,
  IconBrandWhatsapp,
  IconBrandWordpress,
  IconBrandX,
  IconBrandYoutube,
  IconCalendarEvent,
  IconDeviceMobileMessage,
  IconLink,
  IconMail,
  IconMailOpened,
  IconMapPin,
  IconMessage,
  IconPhone,
  IconRss,
  IconStar,
  IconWorld,
  type Icon,
} from '@tabler/icons-react'
import styles from './badges.module.css'

const known: Readonly<Record<string, readonly [Icon, string]>> = {
  web: [IconWorld, 'Web form'],
  email: [IconMail, 'E-mail'],
  phone: [IconPhone, 'Phone'],
  call: [IconPhone, 'Call'],
  visit: [IconMapPin, 'Visit'],
  letter: [IconMailOpened, 'Letter'],
  event: [IconCalendarEvent, 'Event'],
  sms: [IconDeviceMobileMessage, 'SMS'],
  review: [IconStar, 'Review'],
  reviews: [IconStar, 'Reviews'],
  twitter: [IconBrandX, 'X / Twitter'],
  x: [IconBrandX, 'X'],
  bluesky: [IconBrandBluesky, 'Bluesky'],
  mastodon: [IconBrandMastodon, 'Mastodon'],
  fediverse: [IconBrandMastodon, 'Fediverse'],
  facebook: [IconBrandFacebook, 'Facebook'],
  instagram: [IconBrandInstagram, 'Instagram'],
  telegram: [IconBrandTelegram, 'Telegram'],
  whatsapp: [IconBrandWhatsapp, 'WhatsApp'],
  wordpress: [IconBrandWordpress, 'WordPress'],
  feed: [IconRss, 'Feed'],
  webmention: [IconLink, 'Webmention'],
  youtube: [IconBrandYoutube, 'YouTube'],
}

/** The name of a channel for people. */
export function channelTitle(channel: string): string {
  return known[channel]?.[1] ?? channel.charAt(0).toUpperCase() + channel.slice(1).replaceAll(/[-_]/g, ' ')
}

export interface ChannelMarkProps {
  readonly channel: string
  readonly withWord?: boolean
  readonly size?: number
}

export function ChannelMark({ channel, withWord = false, size = 15 }: ChannelMarkProps) {
  const Glyph = known[channel]?.[0] ?? IconMessage
  const title = channelTitle(channel)
  return (
    <span className={styles.channel} title={title}>
      <Glyph size={size} stroke={1.75} aria-hidden />
      <span className={withWord ? undefined : 'hs-visually-hidden'}>{title}</span>
    </span>
  )
}
