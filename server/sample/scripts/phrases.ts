import type { Part, SampleLanguage } from './script.ts'

/** What is said in any conversation, by language. */
export interface Phrases {
  /** A customer who has not been answered. */
  readonly nudge: Part
  readonly angryNudge: Part
  /** Somebody else who joins in publicly. */
  readonly sameHere: Part
  /** Ours, to a thank-you. */
  readonly welcome: Part
  /** Ours, to someone who is still unhappy. */
  readonly amends: Part
  readonly mailGreeting: Part
  readonly mailClosing: Part
  readonly ourMailClosing: string
  readonly weekdays: Part
}

const english: Phrases = {
  nudge: [
    'Any news on this?',
    'Hello? Anyone there?',
    'Just bringing this up again.',
    'Still hoping for an answer 🙂',
    'Did my message arrive?',
  ],
  angryNudge: [
    'Still waiting for an answer. {days} days now.',
    'Is this account read by anyone?',
    'Being ignored does not make it better.',
    'Wow. Silence. Great service.',
    'I will not ask a third time, I will just buy elsewhere.',
  ],
  sameHere: [
    'Same here.',
    'Following, same problem.',
    'Happened to me too last week.',
    'They never answered me either.',
    'Mine does exactly this!',
  ],
  welcome: [
    'You are very welcome, {name}!',
    'Glad to hear it, {name}. Enjoy the ride!',
    'Thank you for telling us, {name}.',
    'That is the best news of the day, {name}.',
  ],
  amends: [
    'I hear you, {name}. I will call you myself today, what is a good time?',
    'You are right to be annoyed, {name}. I took this to the head of the workshop and come back to you by tonight.',
    'I have no excuse, {name}. Full refund, and the bike stays with you until you have found another.',
  ],
  mailGreeting: ['Hello,', 'Hi there,', 'Dear Tarnwheel team,', 'Good morning,'],
  mailClosing: ['Kind regards,', 'Best,', 'Thanks,', 'All the best,'],
  ourMailClosing: 'Best wishes from the workshop,',
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}

const german: Phrases = {
  nudge: ['Gibt es schon etwas Neues?', 'Hallo, liest das jemand?', 'Ich hole das noch einmal nach oben.'],
  angryNudge: ['Ich warte seit {days} Tagen auf eine Antwort.', 'Ignoriert zu werden macht es nicht besser.'],
  sameHere: ['Bei mir genauso.', 'Mir haben sie auch nie geantwortet.'],
  welcome: ['Sehr gern, {name}!', 'Das freut mich, {name}. Gute Fahrt!'],
  amends: ['Du hast allen Grund, sauer zu sein, {name}. Ich rufe dich heute selbst an. Wann passt es?'],
  mailGreeting: ['Hallo,', 'Guten Tag,', 'Liebes Tarnwheel-Team,'],
  mailClosing: ['Viele Grüße,', 'Mit freundlichen Grüßen,', 'Danke und Gruß,'],
  ourMailClosing: 'Viele Grüße aus der Werkstatt,',
  weekdays: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'],
}

const french: Phrases = {
  nudge: ['Des nouvelles ?', 'Bonjour, il y a quelqu’un ?', 'Je me permets de relancer.'],
  angryNudge: ['J’attends une réponse depuis {days} jours.', 'Ce silence est vraiment désagréable.'],
  sameHere: ['Pareil pour moi.', 'Même problème ici.'],
  welcome: ['Avec grand plaisir, {name} !', 'Quelle bonne nouvelle, {name}. Bonne route !'],
  amends: ['Vous avez raison, {name}. Je vous appelle moi-même aujourd’hui, à quelle heure ?'],
  mailGreeting: ['Bonjour,', 'Bonjour à toute l’équipe,'],
  mailClosing: ['Cordialement,', 'Bien à vous,', 'Merci d’avance,'],
  ourMailClosing: 'Bien à vous, depuis l’atelier,',
  weekdays: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
}

const spanish: Phrases = {
  nudge: ['¿Alguna novedad?', 'Hola, ¿hay alguien?', 'Lo subo otra vez por si acaso.'],
  angryNudge: ['Llevo {days} días esperando respuesta.', 'Que no contestéis no ayuda nada.'],
  sameHere: ['A mí me pasa igual.', 'Igual por aquí.'],
  welcome: ['¡De nada, {name}!', 'Qué alegría, {name}. ¡Buen viaje!'],
  amends: ['Tienes razón, {name}. Hoy te llamo yo, ¿a qué hora te viene bien?'],
  mailGreeting: ['Hola:', 'Buenos días:'],
  mailClosing: ['Un saludo,', 'Gracias,'],
  ourMailClosing: 'Un saludo desde el taller,',
  weekdays: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
}

export const phrases: Readonly<Record<SampleLanguage, Phrases>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
}
