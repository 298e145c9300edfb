import type { Script } from './script.ts'
import { EVERYWHERE, SOCIAL } from './script.ts'

const livraison: Script = {
  id: 'livraison',
  language: 'fr',
  mood: 'complaint',
  function: 'service',
  weight: 3,
  channels: EVERYWHERE,
  matters: [
    [
      'Mon {model} devait arriver {weekday}. Personne n’est venu.',
      'le chauffeur avait un mauvais numéro. Il repasse demain et vous téléphone avant.',
      'Où est mon vélo ?',
    ],
    [
      'Toujours aucune nouvelle de la commande {order} depuis {days} jours.',
      'j’ai appelé le dépôt, le vélo est chargé et arrive {weekday}.',
      'Commande {order}',
    ],
    [
      'J’ai rendu le vélo de location à {city} et la caution de {amount} € n’est toujours pas revenue.',
      'la caution est partie ce matin, comptez deux jours pour la banque.',
      'Caution',
    ],
  ],
  detail: [
    '',
    'J’avais pris ma journée.',
    'Tout est payé depuis longtemps.',
    'Votre téléphone sonne dans le vide.',
  ],
  plea: ['', 'Pouvez-vous me répondre, s’il vous plaît ?', 'Que se passe-t-il ?'],
  lead: ['Bonjour {name}, je suis désolée :', 'Bonjour {name}, pardon pour ce silence :'],
  tail: ['', 'Les frais de livraison vous sont rendus.'],
  followUps: [
    ['Vous êtes sûrs, cette fois ?', 'Oui, je le vois de mes propres yeux.'],
    ['Et si cela ne marche pas ?', 'Alors vous me le dites, et je m’en occupe moi-même.'],
  ],
  happy: ['Tout est arrivé, merci {me} !', 'Merci beaucoup pour votre aide.', 'C’est réglé, merci 😊'],
  sour: ['Encore rien. C’est lamentable.', 'Toujours rien, je suis vraiment déçu.'],
}

const conseil: Script = {
  id: 'conseil',
  language: 'fr',
  mood: 'purchase',
  function: 'sales',
  weight: 3,
  channels: EVERYWHERE,
  matters: [
    [
      'Nous voulons remplacer notre deuxième voiture par un {model}.',
      'quelle bonne idée ! Avec une côte, prenez le Haul et la grande batterie.',
      'Quel vélo cargo ?',
    ],
    [
      'Peut-on essayer le {model} à {city} ce {weekday} ?',
      'venez {weekday} vers dix heures, avec les enfants, on l’essaiera ensemble.',
      'Essai à {city}',
    ],
    [
      'Est-ce que le {model} passe dans un portail de 75 cm ?',
      'il fait 72 cm, cela passe de justesse.',
      'Largeur',
    ],
  ],
  detail: ['', 'Deux enfants et une belle côte.', 'Budget autour de {near}00 €.'],
  plea: ['', 'Que conseillez-vous ?', 'Quel est le délai ?'],
  lead: ['Bonjour {name},'],
  tail: ['', 'À bientôt !'],
  followUps: [['La batterie s’enlève-t-elle ?', 'Oui, cinq kilos, avec une poignée.']],
  happy: ['Commandé, le vert ! 💚', 'Merci pour vos conseils, à {weekday}.'],
  sour: ['Nous avons choisi une autre marque entre-temps.'],
}

const merci: Script = {
  id: 'merci',
  language: 'fr',
  mood: 'praise',
  function: 'community',
  weight: 2,
  channels: SOCIAL,
  matters: [
    ['Un an avec mon {model}, {km}0 km et aucun regret.', 'Aux {km}0 prochains, {name} !'],
    [
      'Bravo à l’atelier de {city}, réparé en une demi-heure avec le sourire.',
      'Merci {name}, je le lis tout de suite à l’atelier.',
    ],
    ['Les enfants appellent le {model} « le bus ». Ils ont raison.', 'Oh merci {name} ! Une photo du bus ?'],
  ],
  detail: ['', 'Merci à toute l’équipe !', '🚲'],
  plea: [''],
  lead: [''],
  tail: [''],
  followUps: [],
  happy: ['Avec plaisir !', '😄'],
  sour: [],
}

export const frenchScripts: readonly Script[] = [livraison, conseil, merci]
