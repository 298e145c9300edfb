import type { Script } from './script.ts'
import { SOCIAL, WRITTEN } from './script.ts'

const workshop: Script = {
  id: 'workshop',
  language: 'en',
  mood: 'question',
  function: 'service',
  weight: 6,
  channels: ['web', 'email', 'phone', 'twitter', 'instagram'],
  matters: [
    [
      'My {model} is due for its {first|yearly} service. Is {weekday} possible in {city}?',
      '{weekday} at half past eight is yours. It takes an hour, and the coffee at the corner is good.',
      'Service on {weekday}',
    ],
    [
      'How long does a service take, and can I wait there?',
      'an hour, and there is a sofa, a kettle and a dog.',
      'Waiting during a service',
    ],
    [
      'Could you send me the invoice for {order} again? My {employer|tax adviser} needs it.',
      'it is on its way to the address on your account.',
      'Invoice for {order}',
    ],
    [
      'Does the warranty still hold if another shop {changes|fits} my tyre?',
      'any tyre, any shop, the warranty stays. Only motor and battery are ours alone.',
      'Warranty question',
    ],
    [
      'Do you collect bikes for repair? I live on the {third|fourth} floor without a lift.',
      'we do. The van comes to {city} on {weekday}, and carries the bike down for you.',
      'Pick-up for repair',
    ],
    [
      'I need to change my appointment on {weekday}, the little one is ill.',
      'no problem at all, I moved it by a week, same time. Get well soon!',
      'Appointment on {weekday}',
    ],
  ],
  detail: ['', 'Mornings suit me best.', 'I am in no hurry.'],
  plea: ['', 'Thank you in advance.', 'Thanks!'],
  lead: ['Hello {name},', 'Hi {name},', 'Of course, {name}:'],
  tail: ['', 'See you then!', 'Anything else, just reply here.'],
  followUps: [
    ['Perfect. Do I bring the charger?', 'No need, we have one here.'],
    ['Great. What will it cost?', 'The first one is on us, after that £{amount}.'],
  ],
  happy: ['Lovely, thank you.', 'Great, thanks!', 'Thank you, that is really helpful.'],
  sour: ['Nobody there when I came. The sign on the door said closed.'],
}

const rental: Script = {
  id: 'rental',
  language: 'en',
  mood: 'question',
  function: 'service',
  weight: 6,
  channels: [...SOCIAL, ...WRITTEN],
  matters: [
    [
      'Can I pick up a Tarn Daily bike in {city} and leave it {somewhere else|at another station}?',
      'yes, any of our stations will do, and it costs nothing extra.',
      'One-way rental',
    ],
    [
      'Is there a cargo bike to rent for a weekend move in {city}?',
      'I have put a Haul aside for you in {city} from Friday noon.',
      'Cargo bike for a weekend',
    ],
    [
      'What happens if I bring a rental back two hours late?',
      'nothing, just tap "longer" in the app so that nobody waits for it.',
      'Late return',
    ],
    [
      'Do the rental cargo bikes come with a rain cover?',
      'covers hang by the door in {city}, take one, no need to ask.',
      'Rain cover',
    ],
    [
      'Can my dog ride in a rental {box|Haul}? {40|25} kilos of goodwill.',
      'gladly, there is a ring for the leash in the box. Blanket recommended.',
      'A dog in the box',
    ],
  ],
  detail: [
    '',
    'It would be for {weekday}.',
    'First time for us.',
    'We are two adults and one very excited kid.',
  ],
  plea: ['', 'Thanks!', 'Would be great to know.'],
  lead: ['Hi {name},', 'Good question, {name}:', 'Hello {name}!'],
  tail: ['Have a good ride!', '', 'Tell us how it went.'],
  followUps: [
    ['Does a double bass fit in?', 'It does, we had one last spring. Scroll first.'],
    ['Great! And insurance?', 'Included, with £{amount} excess.'],
    ['Can my sister ride it too?', 'Yes, add her name in the app.'],
  ],
  happy: [
    'Moved the whole flat with it. Ten out of ten.',
    'Such a good day out, we want to go again 🐶',
    'Easy. Thank you!',
  ],
  sour: [
    'Station was empty when we came. Great start to the weekend.',
    'Got a late fee anyway. Thanks for nothing.',
  ],
}

export const workshopScripts: readonly Script[] = [workshop, rental]
