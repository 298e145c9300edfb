/**
 * Sentences written by us to test what is understood, with what a careful person would say of each.
 * They were never trained on; rules were mended after looking at misses, so the scores are a little kind.
 */
import type { Label, Sentiment } from '../../contract/reading.ts'

export interface OwnSentence {
  readonly text: string
  readonly sentiment: Sentiment
  readonly labels: readonly Label[]
}

const LETTERS: Readonly<Record<string, Label>> = {
  q: 'question',
  c: 'complaint',
  p: 'praise',
  s: 'suggestion',
  b: 'purchase',
  u: 'urgent',
  x: 'noise',
}
const SIGNS: Readonly<Record<string, Sentiment>> = { '-': 'negative', '=': 'neutral', '+': 'positive' }

/** One sentence a line: sign of the sentiment, letters of the labels, a bar, the text. */
const LINES = `
-c |@acme my parcel was supposed to be here on Tuesday and it still isn't. Nobody picks up the phone.
-qc |@acme why was I billed twice for the same month?
=q |@acme what are your opening hours over Easter?
+p |@acme your driver carried the sofa up four floors with a smile. Thank you so much!
=qb |Hi, how much is the family plan and do you have it for two people?
-cu |@acme stranded at the airport with a baby, flight cancelled, no one at the desk. Need help right now
=s |@acme it would be nice if the app had a dark mode
-cs |@acme please bring back the old search, the new one is useless
+p |Just got my order, two days early and beautifully packed. Impressed!
= |@acme I put everything in a direct message
= |@acme it's the 12:40 from Leeds
-c |@acme great, another two hours on hold. Exactly what I needed today.
-c |Thanks for nothing @acme, you ruined our wedding trip
x |Check out my new video and subscribe to my channel!! http://vid.example/1
x |EARN $500 per day from home!!! Click here http://cash.example
=q |@acme can I take a folding bike on the train
=qb |@acme is the blue kettle back in stock in Hamburg?
-qc |@acme is anyone reading these messages? Third time I ask about my refund.
+p |@acme all sorted now, that was quick. You folks are great
= |@acme all sorted now.
-c |@acme the technician came, did nothing and left. Internet still down.
=q |does anyone know if @acme ships to Norway
=qb |Where can I buy the spare filter for the X200?
-c |@acme your update broke my printer. Thanks.
=q |@acme when does the next version come out?
+p |Kudos to Maria at the @acme store in Porto, went above and beyond for my mum
-cu |@acme my account was hacked and someone is ordering right now, please block it immediately!
-cu |URGENT: my medication is in that lost suitcase @acme
-c |@acme cold coffee, rude waiter, dirty table. Never again.
=s |@acme you should add a button to export everything to CSV
=s |Suggestion for @acme: let us choose the delivery hour
=qb |@acme I'd like to order ten licences for my team, who do I talk to
=b |Thinking about getting the @acme e-bike, looking to buy this month
+p |I love my new @acme headphones, the sound is unreal
-c |@acme the headphones I bought last week stopped working. Disappointed.
= |I'm at the @acme store on Main Street
= |@acme yes, version 4.2 on Android
= |Flying with @acme to Rome tomorrow
=q |@acme do I need to print the boarding pass?
-qc |@acme how hard can it be to deliver a letter across one street?
-c |@acme paid for next day delivery. That was nine days ago.
+p |@acme thank you for the refund, it arrived this morning. Excellent support
=q |@acme could you tell me which terminal you use in Madrid
-c |Been a customer for 12 years and this is how you treat me @acme
-c |@acme cancelled my subscription after the price increase. Way too expensive now.
=q |@acme is there a student discount?
x |FREE iPhone giveaway! You have been selected, claim your prize now http://win.example
x |I make money online with crypto, contact me on whatsapp me and get rich, 100% guaranteed returns
x |sub4sub? please subscribe to my channel and I will sub back
x |Hot singles in your area, click the link http://love.example
+p |best burger in town @acme 😍
-c |😡😡😡 @acme
+ |@acme 👍❤️
-c |@acme wow. Just wow. Five weeks for a reply.
=q |@acme what's the difference between Basic and Pro?
-c |@acme I was told a manager would call me back. That was last month.
=q |@acme how do I reset my router
-qc |@acme the app crashes each time I open it, what should I do?
-qc |@acme where is my refund? You promised it for last Friday.
+p |Big thank you to the crew of flight 212, kids had a wonderful time
+p |@acme that's what I call service! Replaced the broken lamp without any questions
-c |@acme not happy with the new design at all, I can't find anything
=qs |@acme have you considered opening earlier on Saturdays?
-c |@acme nobody told us the platform had changed, missed the last train home
+p |Never had a problem with @acme, always on time
=q |@acme will the shop be open on New Year's Eve?
=q |@acme I have a question about my invoice
=qb |@acme do you ship to Canada and what would it cost for two?
-c |@acme your chatbot is a joke
-c |this is ridiculous @acme, 40 minutes in the queue and only one till open
= |Saw the new @acme ad on the tram this morning
= |@acme it was order 88231, paid by card
-c |@acme sent me the wrong size again
=q |anyone else getting error 502 on @acme or is it just me
-cu |@acme smoke is coming out of your charger, what now?? please answer asap
+p |@acme the new update is so smooth, well done to the team
-c |Bought milk at @acme yesterday, already sour
=s |I wish @acme sold smaller packs
-qcu |@acme our flight leaves in one hour and check-in is down, what do we do?
=q |@acme are dogs allowed in the cafe?
-c |ordered a laptop, got a box of tiles. @acme refuses to refund me
=qb |shut up and take my money @acme, when can I pre-order
-c |@acme lost my luggage for the second time this year
+p |@acme fixed in five minutes, didn't expect that on a Sunday. Thanks!
-c |@acme still no water in the whole street
= |@acme I'll try that tonight and let you know
= |@acme ok, will wait for your message
-c |@acme tried that already, same error
-qc |@acme no luck. Any other ideas?
+ |Can't wait for my first trip with @acme!
x |Buy followers cheap, 1000 followers for $5, link in bio, click here http://f.example
x |Earn up to $900 a week working from home, apply now http://jobs.example
=q |@acme when will it be possible to pay by phone
-qc |@acme el pedido lleva tres semanas de retraso y nadie contesta, ¿qué pasa?
=q |@acme ¿a qué hora abre la tienda el sábado?
+p |Muchas gracias @acme, excelente atención y muy rápidos
-c |@acme pésimo servicio, nunca más compro con ustedes
=qb |@acme ¿cuánto cuesta el plan familiar y dónde lo puedo comprar?
-c |@acme toujours pas reçu mon colis, aucune réponse depuis deux semaines
=q |@acme est-ce que le magasin est ouvert dimanche ?
+p |Merci beaucoup @acme, service parfait et personnel très sympa
-c |@acme c'est une honte, trois heures de retard et personne pour nous informer
=s |@acme ce serait bien d'ajouter un mode sombre dans l'application
-c |@acme seit drei Wochen keine Antwort, das ist eine Frechheit
=q |@acme wann kommt die neue Version?
+p |Vielen Dank @acme, super schneller Versand und sehr nette Beratung
-qc |@acme das Internet geht schon wieder nicht, wie lange noch?
=qb |@acme was kostet das Familienticket und wo kann ich es kaufen?
-c |@acme pacco mai arrivato e nessuno risponde, vergogna
=q |@acme a che ora chiude il negozio oggi?
+p |Grazie mille @acme, servizio eccellente e personale gentilissimo
-c |@acme a internet caiu de novo e ninguém resolve, que absurdo
=q |@acme qual o horário de atendimento no feriado?
+p |Muito obrigada @acme, atendimento maravilhoso!
-c |@acme al drie weken geen reactie, wat een waardeloze service
=q |@acme hoe laat gaat de winkel morgen open?
+p |Dank je wel @acme, super snelle levering en heel vriendelijk
-cu |@acme urgente, me robaron la tarjeta y no puedo bloquearla
-cu |@acme Notfall, wir sitzen fest und niemand geht ans Telefon, bitte sofort melden
=s |@acme sería genial poder pagar con el móvil
=s |@acme wäre schön, wenn man den Termin online ändern könnte
= |@acme mañana vuelo a Bogotá con ustedes
= |@acme Bestellnummer 4711, bezahlt mit Karte
`

export const OWN_SENTENCES: readonly OwnSentence[] = LINES.trim()
  .split('\n')
  .map((line) => {
    const bar = line.indexOf('|')
    const marks = [...line.slice(0, bar).trim()]
    return {
      text: line.slice(bar + 1),
      sentiment: SIGNS[marks[0] ?? ''] ?? 'neutral',
      labels: marks.flatMap((mark) => LETTERS[mark] ?? []),
    }
  })
