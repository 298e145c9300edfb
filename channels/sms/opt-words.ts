// Words by which people say that they want no more messages, or want them again, when nothing else stands in the
// message. What carriers ask for (CTIA Messaging Principles 5.1.3) and what people write in the languages of our users.

const stop = [
  'stop stopall stopp unsubscribe cancel end quit optout revoke', // English
  'arret arrêt desabonner désabonner desinscrire désinscrire', // French
  'baja alto parar cancelar', // Spanish, Portuguese
  'sair remover', // Portuguese
  'abmelden abbestellen stoppen', // German, Dutch
  'afmelden uitschrijven', // Dutch
  'basta ferma cancella disiscrivi', // Italian
  'avsluta avregistrera stoppa', // Swedish
  'afmeld stopbesked', // Danish
  'slutt avmeld', // Norwegian
  'lopeta', // Finnish
  'wypisz rezygnuje rezygnuję koniec', // Polish
  'odhlasit odhlásit', // Czech
  'leiratkozas leiratkozás', // Hungarian
  'iptal durdur', // Turkish
  'стоп отписаться', // Russian
  'відписатися', // Ukrainian
  'διακοπη διακοπή', // Greek
  'توقف إلغاء', // Arabic
  'הסר עצור', // Hebrew
  '停止 退订 退訂 取消', // Chinese
  '配信停止', // Japanese
  '수신거부 중지', // Korean
  'रोकें', // Hindi
]
const start = [
  'start unstop resume subscribe',
  'reprendre reanudar alta anmelden aanmelden iscrivi börja tilmeld påmelde aloita',
  'старт ابدأ התחל 开始 開始 시작',
]
const help = [
  'help info',
  'aide ayuda hilfe aiuto ajuda hjälp hjælp hjelp apua pomoc segítség yardim yardım',
  'помощь допомога βοηθεια βοήθεια مساعدة עזרה 帮助 幫助 ヘルプ 도움말 मदद',
]

const wordsOf = (lines: readonly string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '))
const all = [
  ['stop', wordsOf(stop)],
  ['start', wordsOf(start)],
  ['help', wordsOf(help)],
] as const

export type OptWord = 'stop' | 'start' | 'help'

/** Null where it is a message like any other. `STOP.`, ` Stop! ` and `opt out` count; a sentence with the word does not. */
export function readOptWord(text: string): OptWord | null {
  if (text.length > 60) return null
  const bare = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
  const word = bare === 'opt out' || bare === 'stop all' ? bare.replace(' ', '') : bare
  return all.find(([, words]) => words.has(word))?.[0] ?? null
}
