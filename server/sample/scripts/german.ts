import type { Script } from './script.ts'
import { EVERYWHERE, SOCIAL } from './script.ts'

const lieferung: Script = {
  id: 'lieferung',
  language: 'de',
  mood: 'complaint',
  function: 'service',
  weight: 4,
  channels: EVERYWHERE,
  matters: [
    [
      'Mein {model} sollte am {weekday} kommen. Es {kam niemand|war niemand da}, und angerufen hat auch keiner.',
      'der Fahrer hatte die falsche Hausnummer. Er kommt {morgen|am Donnerstag} wieder und ruft eine halbe Stunde vorher an.',
      'Niemand gekommen',
    ],
    [
      'Bestellung {order}: seit {days} Tagen keine Nachricht. Was ist da los?',
      'wir haben die Bremse ein zweites Mal geprüft, deshalb hing sie fest. Morgen fährt der Wagen.',
      'Bestellung {order}',
    ],
    [
      'Das Paket ist da, aber {das Vorderrad|der Schlüssel|das Ladegerät} fehlt.',
      'das lag noch auf dem Packtisch. Ein Kurier hat es jetzt, morgen vor zehn ist es bei dir.',
      'Teil fehlt',
    ],
    [
      'Der Liefertermin wurde {jetzt|nun} zum {dritten|vierten} Mal verschoben.',
      'ich habe eben mit dem Lager telefoniert, es ist verladen und kommt am {weekday}.',
      'Liefertermin schon wieder verschoben',
    ],
  ],
  detail: [
    '',
    'Ich habe mir extra frei genommen.',
    'Das Rad ist komplett bezahlt.',
    'Langsam werde ich wirklich sauer.',
  ],
  plea: ['', 'Wann kommt es denn nun?', 'Bitte um Rückmeldung.'],
  lead: ['Hallo {name}, das tut mir leid:', '{name}, entschuldige bitte die Funkstille:'],
  tail: ['', 'Die Lieferkosten bekommst du zurück.', 'Ich behalte es im Auge, bis es bei dir steht.'],
  followUps: [
    ['In welchem Zeitfenster ungefähr?', 'Zwischen neun und zwölf.'],
    ['Kommt es fertig montiert?', 'Ja, nur den Lenker gerade drehen, der Schlüssel liegt dabei.'],
  ],
  happy: [
    'Ist da und fährt traumhaft. Danke, {me}!',
    'Super, vielen Dank für den schnellen Anruf.',
    'Alles angekommen, danke 😊',
  ],
  sour: ['Wieder nichts. Ich storniere.', 'Das war dann wohl das nächste leere Versprechen.'],
}

const beratung: Script = {
  id: 'beratung',
  language: 'de',
  mood: 'purchase',
  function: 'sales',
  weight: 4,
  channels: EVERYWHERE,
  matters: [
    [
      'Wir überlegen, unser zweites Auto gegen ein {model} zu tauschen.',
      'schöner Plan! Mit Berg nimm das Haul mit dem großen Akku, sonst reicht der kleine völlig.',
      'Lastenrad statt Auto',
    ],
    [
      'Ich bin 1,58 m groß. Passt mir das {model}?',
      'Größe S fängt bei 1,50 m an. Setz dich einmal drauf, das sagt mehr als ich.',
      'Welcher Rahmen?',
    ],
    [
      'Kann man das {model} in {city} Probe fahren?',
      'klar, am {weekday} um fünf habe ich dich eingetragen. Flache Schuhe genügen.',
      'Probefahrt in {city}',
    ],
    [
      'Gibt es das {model} auch über den Arbeitgeber?',
      'ja, alle drei großen Anbieter sind dabei.',
      'Dienstrad',
    ],
  ],
  detail: ['', 'Zwei Kinder, ein Hund, ein Berg.', 'Wir wohnen im dritten Stock.'],
  plea: ['', 'Was würdet ihr empfehlen?', 'Was kostet es mit Regendach?'],
  lead: ['Hallo {name},', 'Hi {name},'],
  tail: ['', 'Bring die Kinder mit, dann sieht man es sofort.'],
  followUps: [
    ['Kann man den Akku herausnehmen?', 'Ja, fünf Kilo, mit Griff.'],
    ['Wie lange ist die Wartezeit?', 'Zehn Tage für Blau und Grün, drei Wochen für Weiß.'],
  ],
  happy: ['Bestellt! Das grüne 💚', 'Tolle Beratung, danke.', 'Wir kommen am {weekday}, danke!'],
  sour: ['Haben uns jetzt anders entschieden.'],
}

const technik: Script = {
  id: 'technik',
  language: 'de',
  mood: 'question',
  function: 'product',
  weight: 3,
  channels: EVERYWHERE,
  matters: [
    [
      'Seit es kalt ist, schafft mein {model} nur noch {near} km.',
      'unter fünf Grad fehlt etwa ein Drittel. Den Akku in der Wohnung lassen und erst kurz vorher einsetzen.',
      'Akku im Winter',
    ],
    [
      'Die App findet mein {model} nach dem Update nicht mehr.',
      'bitte das Rad in der Bluetooth-Liste löschen und neu koppeln, der alte Schlüssel war doppelt.',
      'App findet das Rad nicht',
    ],
    [
      'Beim Anfahren am Berg ruckelt der Motor{ ganz schön|}.',
      'das ist die Rampe im Steuergerät. Im nächsten Update kommt sie sanfter.',
      'Motor ruckelt',
    ],
  ],
  detail: ['', 'Ist das normal?', 'Neu gestartet habe ich schon.'],
  plea: ['', 'Was kann ich tun?', 'Muss ich in die Werkstatt?'],
  lead: ['Hallo {name}, danke fürs Melden:', 'Hi {name}, sorry für die späte Antwort:'],
  tail: [''],
  followUps: [
    [
      'Hat leider nichts gebracht.',
      'Dann schick mir bitte die Seriennummer, sie beginnt mit TW, und ich schaue ins Protokoll.',
    ],
  ],
  happy: ['Läuft wieder, danke dir!', 'Das war es. Prima.'],
  sour: ['Immer noch dasselbe. Schade.'],
}

const lob: Script = {
  id: 'lob',
  language: 'de',
  mood: 'praise',
  function: 'community',
  weight: 3,
  channels: [...SOCIAL, 'email'],
  matters: [
    [
      'Ein Jahr {model}, {km}0 km, kein einziges Mal bereut.',
      'Auf die nächsten {km}0, {name}!',
      'Ein Jahr {model}',
    ],
    [
      'Riesenlob an die Werkstatt in {city}, in einer halben Stunde war alles heil.',
      'Danke, {name}! Das lese ich gleich in der Werkstatt vor.',
      'Danke!',
    ],
    [
      'Unser {model} hat heute einen Weihnachtsbaum und zwei Kinder getragen.',
      'Ach wie schön, {name}. Hast du ein Foto davon?',
      'Weihnachtsbaum',
    ],
  ],
  detail: ['', 'Macht weiter so!', '🚲', 'Danke dafür.'],
  plea: [''],
  lead: [''],
  tail: [''],
  followUps: [],
  happy: ['Grüße an alle!', '😊'],
  sour: [],
}

export const germanScripts: readonly Script[] = [lieferung, beratung, technik, lob]
