// What mail programs write around the words of others, in the languages that they speak. Taken from what Gmail,
// Outlook, Apple Mail, Thunderbird and Yahoo put into mails; small letters throughout.

/** Labels of the header block that Outlook puts above a quoted mail. */
export const fromLabels = words(
  'from|von|de|da|van|från|fra|od|от|от кого|kimden|gönderen|lähettäjä|feladó|expéditeur|mittente|remitente|afzender|din partea|de la|από|מאת|发件人|發件人|寄件者|差出人|送信者|보낸 사람|من',
)
export const dateLabels = words(
  'sent|date|gesendet|datum|envoyé|enviado|enviada|enviado el|enviado em|enviada em|fecha|data|inviato|verzonden|skickat|sendt|dato|wysłano|wysłane|odesláno|отправлено|дата|gönderildi|gönderme tarihi|tarih|lähetetty|päivämäärä|elküldve|dátum|trimis|στάλθηκε|ημερομηνία|נשלח|发送时间|日期|寄件日期|送信日時|日付|보낸 날짜|تاريخ',
)
export const toLabels = words(
  'to|an|à|a|para|aan|till|til|do|komu|кому|kime|vastaanottaja|címzett|pour|destinataire|destinatario|către|προς|אל|收件人|收件者|宛先|받는 사람|إلى',
)
export const subjectLabels = words(
  'subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|temat|předmět|тема|konu|aihe|tárgy|subiect|θέμα|נושא|主题|主旨|件名|제목|موضوع',
)

/** Between dashes above a quoted mail. */
export const originalDividers = words(
  "original message|original appointment|ursprüngliche nachricht|originalnachricht|message d’origine|message d'origine|message original|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|originalmeddelande|ursprungligt meddelande|original meddelelse|oprindelig meddelelse|opprinnelig melding|wiadomość oryginalna|oryginalna wiadomość|původní zpráva|исходное сообщение|пересылаемое сообщение|özgün ileti|orijinal mesaj|alkuperäinen viesti|eredeti üzenet|mesaj original|αρχικό μήνυμα|原始邮件|原始郵件|元のメッセージ|원본 메시지|reply message|reply separator",
)

/** A mail that is passed on: what follows is what is said, not what was said before. */
export const forwardDividers = words(
  'forwarded message|begin forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message transféré|début du message transféré|mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|mensagem encaminhada|início da mensagem encaminhada|doorgestuurd bericht|begin doorgestuurd bericht|vidarebefordrat meddelande|videresendt meddelelse|przekazana wiadomość|wiadomość przekazana|přeposlaná zpráva|пересланное сообщение|iletilen ileti|转发的邮件|轉寄的郵件|転送されたメッセージ|전달된 메일',
)

/** How a line begins that says who wrote what follows, and when. */
export const attributionOpenings = [
  'on ',
  'am ',
  'le ',
  'el ',
  'il ',
  'em ',
  'op ',
  'den ',
  'på ',
  'w dniu ',
  'dnia ',
  'dne ',
  'dňa ',
  'pe ',
  'în ',
  'στις ',
  'в ',
  'a(z) ',
  '在 ',
  '于',
  '於 ',
  'בתאריך ',
  'في ',
  'quoting ',
]

/** Words of which one stands in a line that says who wrote. */
export const attributionVerbs = [
  'wrote',
  'writes',
  'schrieb',
  'geschrieben',
  'écrit',
  'escribió',
  'escribio',
  'ha scritto',
  'escreveu',
  'schreef',
  'skrev',
  'pisze',
  'napisał',
  'napsal',
  'napísal',
  'a scris',
  'пишет',
  'писал',
  'написал',
  'yazdı',
  'kirjoitti',
  'írta',
  'έγραψε',
  'כתב',
  'كتب',
  '写道',
  '寫道',
  'のメール',
  '書きました',
  '작성',
]

/** How a line begins that a telephone or a program puts below a mail. */
export const deviceSignatures = [
  'sent from my ',
  'sent from outlook',
  'sent from mail for',
  'sent from yahoo',
  'sent from samsung',
  'sent from proton',
  'sent with proton',
  'sent via ',
  'get outlook for',
  'get bluemail for',
  'von meinem ',
  'gesendet von ',
  'gesendet mit ',
  'diese nachricht wurde von meinem ',
  'outlook für ',
  'holen sie sich outlook',
  'envoyé de mon ',
  'envoyé depuis ',
  'envoyé à partir de ',
  'télécharger outlook',
  'obtenir outlook',
  'enviado desde mi ',
  'enviado desde ',
  'obtener outlook',
  'enviado do meu ',
  'enviado a partir do ',
  'obter o outlook',
  'inviato da ',
  'scarica outlook',
  'verzonden vanaf mijn ',
  'verstuurd vanaf mijn ',
  'skickat från min ',
  'sendt fra min ',
  'lähetetty ',
  'wysłane z ',
  'wysłano z ',
  'odesláno z ',
  'отправлено с ',
  'отправлено из ',
  'iphone’umdan gönderildi',
  "iphone'umdan gönderildi",
  'iphoneから送信',
  '发自我的',
  '從我的 iphone',
  '나의 iphone',
]

function words(list: string): ReadonlySet<string> {
  return new Set(list.split('|'))
}
