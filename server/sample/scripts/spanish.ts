import type { Script } from './script.ts'
import { EVERYWHERE, SOCIAL } from './script.ts'

const entrega: Script = {
  id: 'entrega',
  language: 'es',
  mood: 'complaint',
  function: 'service',
  weight: 3,
  channels: EVERYWHERE,
  matters: [
    [
      'Mi {model} tenía que llegar el {weekday} y no ha venido nadie.',
      'el conductor tenía mal el número. Vuelve mañana y te llama antes.',
      '¿Dónde está mi bici?',
    ],
    [
      'Llevo {days} días sin noticias del pedido {order}.',
      'he llamado al almacén, está cargado y llega el {weekday}.',
      'Pedido {order}',
    ],
    [
      'Me habéis cobrado {amount} € dos veces por el mismo pedido.',
      'el segundo cobro fue error nuestro, ya está devuelto. El banco tarda dos días en mostrarlo.',
      'Me habéis cobrado dos veces',
    ],
  ],
  detail: ['', 'Pedí el día libre para esto.', 'En el teléfono solo suena música.'],
  plea: ['', '¿Me podéis decir algo, por favor?', '¿Qué pasa?'],
  lead: ['Hola {name}, lo siento mucho:', 'Hola {name}, perdona la espera:'],
  tail: ['', 'Los gastos de envío corren de nuestra cuenta.'],
  followUps: [
    ['¿Seguro esta vez?', 'Seguro, lo estoy viendo.'],
    ['¿Y si no sale bien?', 'Entonces me escribes y me encargo yo.'],
  ],
  happy: [
    '¡Todo arreglado! Gracias, {me}.',
    'Solucionado, muchas gracias.',
    'Gracias por llamar de verdad 😊',
  ],
  sour: ['Sigo igual. Qué decepción.', 'Otra promesa vacía.'],
}

const consejo: Script = {
  id: 'consejo',
  language: 'es',
  mood: 'purchase',
  function: 'sales',
  weight: 3,
  channels: EVERYWHERE,
  matters: [
    [
      'Queremos cambiar el segundo coche por una {model}.',
      '¡qué buena idea! Con cuesta, la Haul con la batería grande.',
      '¿Qué bici de carga?',
    ],
    [
      '¿Se puede probar la {model} en {city} este {weekday}?',
      'ven el {weekday} sobre las diez y trae a los niños.',
      'Probar la {model}',
    ],
    ['Mido 1,58 m. ¿Me queda grande la {model}?', 'con 1,58 m te va bien la talla S.', 'Talla'],
  ],
  detail: ['', 'Dos niños y una buena cuesta.', 'Vivimos en un tercero sin ascensor.'],
  plea: ['', '¿Qué nos recomendáis?', '¿Cuánto cuesta con capota?'],
  lead: ['Hola {name},'],
  tail: ['', '¡Hasta pronto!'],
  followUps: [['¿La batería se puede sacar?', 'Sí, pesa cinco kilos y tiene asa.']],
  happy: ['¡Pedida, la verde! 💚', 'Gracias por la paciencia, hasta el {weekday}.'],
  sour: ['Al final hemos comprado otra marca.'],
}

const gracias: Script = {
  id: 'gracias',
  language: 'es',
  mood: 'praise',
  function: 'community',
  weight: 2,
  channels: SOCIAL,
  matters: [
    ['Un año con la {model}, {km}0 km y ni un arrepentimiento.', '¡A por los próximos {km}0, {name}!'],
    [
      'Un diez para el taller de {city}, en media hora estaba lista.',
      '¡Gracias, {name}! Ahora mismo lo leo en el taller.',
    ],
    [
      'Hoy la {model} ha llevado un árbol de Navidad y dos niños.',
      '¡Qué bien, {name}! ¿Nos mandas una foto?',
    ],
  ],
  detail: ['', '¡Seguid así!', '🚲'],
  plea: [''],
  lead: [''],
  tail: [''],
  followUps: [],
  happy: ['¡Un saludo a todos!', '😄'],
  sour: [],
}

export const spanishScripts: readonly Script[] = [entrega, consejo, gracias]
