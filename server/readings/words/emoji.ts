export type EmojiMood = 'glad' | 'laughing' | 'loving' | 'thanking' | 'angry' | 'sad' | 'doubting' | 'calling'

const MOODS: Readonly<Record<EmojiMood, string>> = {
  glad: '😀 😃 😄 😁 😊 ☺ 🙂 😎 🤩 🥳 🎉 🎊 👍 👌 👏 🙌 💪 🤗 😇 😌 ✨ 🌟 ⭐ 🔥 💯 ✅ ✔ 🏆 🥇 😏 😋 🤙 ✌ 🆒 🍾 🥂 😺 😸 🤘 ☀ 🌞 🌈 💃 🕺 😍',
  laughing: '😂 🤣 😆 😅 😹 😜 😝 😛 🤪 💀',
  loving: '❤ 💕 💖 💗 💓 💞 💘 💝 💙 💚 💛 💜 🧡 🤍 🖤 ♥ 😍 🥰 😘 😻 💋 💟 ❣ 🌹 💐',
  thanking: '🙏',
  angry: '😠 😡 🤬 😤 👿 💢 🖕 👎 😾 🤮 🤢 💩 ',
  sad: '😢 😞 😔 ☹ 🙁 😟 😩 😫 😣 😖 😥 😓 💔 😿 😰 😨 😪 😕 🥺 😯 😦 😧 😒 🙍 🙎 🤕 🤒',
  doubting: '😭 🙄 😑 😐 🤔 🤨 😬 🤦 🤷 😳 🧐 😶 🤥 🙃',
  calling: '🚨 🆘 ⚠ ❗ ‼ ⏰ ❌ ⛔ 📢 🔴',
}

const moodOf: ReadonlyMap<string, EmojiMood> = new Map(
  (['calling', 'doubting', 'sad', 'angry', 'thanking', 'glad', 'loving', 'laughing'] as const).flatMap(
    (mood) => MOODS[mood].split(' ').map((emoji) => [emoji, mood] as const),
  ),
)

/** Mood of an emoji or of an emoticon such as `:-(`; undefined where it tells none. */
export function emojiMood(text: string): EmojiMood | undefined {
  const known = moodOf.get(text)
  if (known) return known
  if (text.startsWith('<3')) return 'loving'
  if (/^[:;=8xX]?'?[\^o-]?[)\]dDpP]|^\(-?[:;=]|^\^_?\^|^[:=]['^-]?\*/.test(text)) return 'glad'
  if (/^[:;=]'?[\^o-]?[([|3/\\]|^\)-?[:;=]|^<\/3|^-_+-/.test(text)) return 'sad'
  return undefined
}
