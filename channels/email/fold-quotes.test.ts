import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldQuotes } from './fold-quotes.ts'

const old = ['Where is my order 4711?', '', 'Regards', 'Jo'].join('\n')
const quoted = old
  .split('\n')
  .map((line) => `> ${line}`.trimEnd())
  .join('\n')

/** How mail programs say who wrote what they quote. */
const attributions: readonly (readonly [string, string])[] = [
  ['Gmail, English', 'On Sun, May 3, 2026 at 10:00 AM Jo Doe <jo@example.org> wrote:'],
  [
    'Gmail, English, wrapped',
    'On Sun, May 3, 2026 at 10:00 AM Jo Doe-Longname <jo.doe@customers.example.org>\nwrote:',
  ],
  ['Gmail, German', 'Am So., 3. Mai 2026 um 10:00 Uhr schrieb Jo Doe <jo@example.org>:'],
  ['Gmail, French', 'Le dim. 3 mai 2026 à 10:00, Jo Doe <jo@example.org> a écrit :'],
  ['Gmail, Spanish', 'El dom, 3 may 2026 a las 10:00, Jo Doe (<jo@example.org>) escribió:'],
  ['Gmail, Italian', 'Il giorno dom 3 mag 2026 alle ore 10:00 Jo Doe <jo@example.org> ha scritto:'],
  ['Gmail, Portuguese', 'Em dom., 3 de mai. de 2026 às 10:00, Jo Doe <jo@example.org> escreveu:'],
  ['Gmail, Dutch', 'Op zo 3 mei 2026 om 10:00 schreef Jo Doe <jo@example.org>:'],
  ['Gmail, Swedish', 'Den sön 3 maj 2026 kl 10:00 skrev Jo Doe <jo@example.org>:'],
  ['Gmail, Polish', 'niedz., 3 maj 2026 o 10:00 Jo Doe <jo@example.org> napisał(a):'],
  ['Gmail, Czech', 'ne 3. 5. 2026 v 10:00 odesílatel Jo Doe <jo@example.org> napsal:'],
  ['Gmail, Russian', 'вс, 3 мая 2026 г. в 10:00, Jo Doe <jo@example.org>:'],
  ['Gmail, Turkish', 'Jo Doe <jo@example.org>, 3 May 2026 Paz, 10:00 tarihinde şunu yazdı:'],
  ['Gmail, Japanese', '2026年5月3日(日) 10:00 Jo Doe <jo@example.org>:'],
  ['Gmail, Chinese', 'Jo Doe <jo@example.org> 于2026年5月3日周日 10:00写道：'],
  ['Gmail, Korean', '2026년 5월 3일 (일) 오전 10:00, Jo Doe <jo@example.org>님이 작성:'],
  [
    'Gmail, Hebrew',
    '\u200fבתאריך יום א׳, 3 במאי 2026 ב-10:00 מאת \u202aJo Doe\u202c <\u202ajo@example.org\u202c>:\u200f',
  ],
  ['Apple Mail, English', 'On 3 May 2026, at 10:00, Jo Doe <jo@example.org> wrote:'],
  ['Apple Mail, German', 'Am 03.05.2026 um 10:00 schrieb Jo Doe <jo@example.org>:'],
  ['Apple Mail, French', 'Le 3 mai 2026 à 10:00, Jo Doe <jo@example.org> a écrit :'],
  ['Thunderbird, English', 'On 5/3/26 10:00, Jo Doe wrote:'],
  ['Thunderbird, German', 'Am 03.05.26 um 10:00 schrieb Jo Doe:'],
  ['Thunderbird, Finnish', 'Jo Doe kirjoitti 3.5.2026 klo 10.00:'],
  ['Thunderbird, Hungarian', '2026. 05. 03. 10:00 keltezéssel, Jo Doe írta:'],
  ['K-9', '-------- Original Message --------'],
]

describe('the new words of a mail', () => {
  test.each(attributions)('stand above the quote of %s', (_, attribution) => {
    const { text, hasQuote } = foldQuotes(`It came today.\n\nThanks, Mia\n\n${attribution}\n${quoted}\n`)
    expect(text).toBe('It came today.\n\nThanks, Mia')
    expect(hasQuote).toBe(true)
  })

  test.each(attributions.slice(0, -1))('stand below the quote of %s', (_, attribution) => {
    const { text } = foldQuotes(`${attribution}\n\n${quoted}\n\nIt came today.\n\nMia\n`)
    expect(text).toBe('It came today.\n\nMia')
  })

  test.each([
    [
      'English',
      'From: Jo Doe <jo@example.org>\nSent: Sunday, May 3, 2026 10:00 AM\nTo: Care <care@acme.example>\nSubject: Order',
    ],
    [
      'English, bold',
      '*From:* Jo Doe <jo@example.org>\n*Sent:* Sunday, May 3, 2026 10:00 AM\n*To:* Care\n*Subject:* Order',
    ],
    [
      'German',
      'Von: Jo Doe <jo@example.org>\nGesendet: Sonntag, 3. Mai 2026 10:00\nAn: Care <care@acme.example>\nBetreff: Order',
    ],
    [
      'French',
      'De : Jo Doe <jo@example.org>\nEnvoyé : dimanche 3 mai 2026 10:00\nÀ : Care <care@acme.example>\nObjet : Order',
    ],
    [
      'Spanish',
      'De: Jo Doe <jo@example.org>\nEnviado: domingo, 3 de mayo de 2026 10:00\nPara: Care\nAsunto: Order',
    ],
    [
      'Italian',
      'Da: Jo Doe <jo@example.org>\nInviato: domenica 3 maggio 2026 10:00\nA: Care\nOggetto: Order',
    ],
    [
      'Portuguese',
      'De: Jo Doe <jo@example.org>\nEnviada em: domingo, 3 de maio de 2026 10:00\nPara: Care\nAssunto: Order',
    ],
    [
      'Dutch',
      'Van: Jo Doe <jo@example.org>\nVerzonden: zondag 3 mei 2026 10:00\nAan: Care\nOnderwerp: Order',
    ],
    ['Swedish', 'Från: Jo Doe <jo@example.org>\nSkickat: den 3 maj 2026 10:00\nTill: Care\nÄmne: Order'],
    ['Danish', 'Fra: Jo Doe <jo@example.org>\nSendt: 3. maj 2026 10:00\nTil: Care\nEmne: Order'],
    ['Polish', 'Od: Jo Doe <jo@example.org>\nWysłano: niedziela, 3 maja 2026 10:00\nDo: Care\nTemat: Order'],
    [
      'Czech',
      'Od: Jo Doe <jo@example.org>\nOdesláno: neděle 3. května 2026 10:00\nKomu: Care\nPředmět: Order',
    ],
    ['Russian', 'От: Jo Doe <jo@example.org>\nОтправлено: 3 мая 2026 г. 10:00\nКому: Care\nТема: Order'],
    ['Japanese', '差出人: Jo Doe <jo@example.org>\n送信日時: 2026年5月3日 10:00\n宛先: Care\n件名: Order'],
    ['Chinese', '发件人: Jo Doe <jo@example.org>\n发送时间: 2026年5月3日 10:00\n收件人: Care\n主题: Order'],
  ])('stand above the header block of Outlook in %s', (_, block) => {
    for (const rule of ['', '________________________________\n', '-----Original Message-----\n']) {
      expect(foldQuotes(`It came today.\n\n${rule}${block}\n\n${old}`).text).toBe('It came today.')
    }
  })

  test.each([
    'On Sunday, May 3, 2026 at 10:00:00 AM GMT+2, Jo Doe <jo@example.org> wrote:',
    'Am Sonntag, 3. Mai 2026 um 10:00:00 MESZ hat Jo Doe <jo@example.org> Folgendes geschrieben:',
  ])('stand above what Yahoo quotes without a sign: %s', (attribution) => {
    expect(foldQuotes(`It came today.\n\n${attribution}\n\n${old}`).text).toBe('It came today.')
  })

  test('keep of inline answers the lines that they answer', () => {
    const mail = `Hi Mia,\n\nOn 3 May 2026, at 10:00, Care <care@acme.example> wrote:\n> Dear Jo,\n>\n> Which colour?\n\nBlue.\n\n> Which size?\n\nXL, please.\n\n> Regards\n> Mia\n`
    expect(foldQuotes(mail).text).toBe(
      'Hi Mia,\n\n> Dear Jo,\n> Which colour?\n\nBlue.\n\n> Which size?\n\nXL, please.',
    )
  })

  test('are all of a mail that quotes nothing', () => {
    for (const whole of [
      'You said:\nIt will come on Monday.\n\nOn Monday it did not.',
      'From: the very start I was unhappy.\n\nTo: be honest, no.',
      'a > b\nand so on',
      '-- is a dash\n\nnot a signature, because\n' + 'a long text follows.\n'.repeat(30),
      'On 3 May I wrote: nothing came back.',
      'Le service est mauvais :\nje suis déçue.',
    ]) {
      expect(foldQuotes(whole).text).toBe(whole.trim())
    }
  })

  test('are the whole where a mail is forwarded, as what is passed on is what is said', () => {
    const mail = `FYI\n\n---------- Forwarded message ---------\nFrom: Jo <jo@example.org>\nDate: Sun, 3 May 2026\nSubject: Order\nTo: <mia@acme.example>\n\n${old}`
    expect(foldQuotes(mail).text).toBe(mail)
    const apple = `Begin forwarded message:\n\nFrom: Jo <jo@example.org>\nSubject: Order\nDate: 3 May 2026\nTo: mia@acme.example\n\n${old}`
    expect(foldQuotes(apple).text).toBe(apple)
  })

  test('are the whole where nothing but a quote is there', () => {
    expect(foldQuotes(quoted).text).toBe(quoted)
    expect(foldQuotes('').text).toBe('')
  })

  test.each([
    'Sent from my iPhone',
    'Von meinem iPhone gesendet',
    'Diese Nachricht wurde von meinem Android Gerät mit GMX Mail gesendet.',
    'Envoyé de mon iPhone',
    'Enviado desde mi iPhone',
    'Inviato da iPhone',
    'Get Outlook for iOS<https://aka.ms/o0ukef>',
    '________________________________\nGet Outlook for Android',
    'Отправлено с iPhone',
    'iPhoneから送信',
    '-- \nJo Doe\nHead of Everything\n+41 00 000 00 00',
    '--\nJo Doe',
  ])('end before the signature %j', (signature) => {
    const { text, hasSignature } = foldQuotes(`It came today.\n\n${signature}\n`)
    expect(text).toBe('It came today.')
    expect(hasSignature).toBe(true)
    const answered = foldQuotes(
      `It came today.\n\n${signature}\n\nOn 3 May 2026 at 10:00 Jo <jo@x.example> wrote:\n${quoted}`,
    )
    expect(answered.text).toBe('It came today.')
  })

  test('are never more than the mail, never nothing of something, and the same once more', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '> a',
        '>> b',
        '',
        '-- ',
        '--',
        'From: x',
        'Sent: y',
        'To: z',
        'On 3 May 10:00 a@b wrote:',
        'said',
        '________________',
      ),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const whole = lines.join('\n')
        const { text } = foldQuotes(whole)
        expect(text.length).toBeLessThanOrEqual(whole.length + lines.length)
        expect(text === '').toBe(whole.trim() === '')
        for (const kept of text.split('\n')) expect(whole).toContain(kept.trim())
      }),
    )
  })
})
