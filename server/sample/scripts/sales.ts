import type { Script } from './script.ts'
import { EVERYWHERE, SOCIAL } from './script.ts'

const whichBike: Script = {
  id: 'which-bike',
  language: 'en',
  mood: 'purchase',
  function: 'sales',
  weight: 9,
  channels: EVERYWHERE,
  matters: [
    [
      'We are {thinking about|looking at} a {Tarn Haul|cargo bike} instead of {a second|our second} car.',
      'lovely plan. With kids take the Haul with the big battery; without hills the small one does it and saves you £{amount}.',
      'Cargo bike instead of a car',
    ],
    [
      'Torn between the Tarn One and the {Trail|Mini} for a {near} km commute.',
      'for that distance the One. The Mini shines when a train is part of the way.',
      'One or Mini?',
    ],
    [
      'I am 1.{56|57|58} m tall. Is the {model} too big for me?',
      'not at all, size S starts at 1.50 m. Sit on it before you decide, five minutes tell you more than I can.',
      'Frame size',
    ],
    [
      'Looking for a bike that takes two kids and the shopping up a proper hill.',
      'that is the Haul with the 90 Nm motor. Ours climbs the castle road here every day, with a mechanic and a crate of tea.',
      'Two kids and a hill',
    ],
    [
      'My knees are {64|67|71} years old. Which of your bikes is the kindest to them?',
      'the One with the low step. It starts so softly that most people laugh the first time.',
      'Something gentle',
    ],
    [
      'Does the {Haul|Tarn Haul} fit through a 75 cm {garden gate|gate}?',
      'it does, with 72 cm at the box. Fold the mirrors, if you are brave enough to have some.',
      'Width of the Haul',
    ],
    [
      'What is the {waiting time|lead time} for a {model} in {green|white|blue} right now?',
      'ten days for green and blue, three weeks for white. White is always late.',
      'Waiting time',
    ],
  ],
  detail: [
    '',
    '',
    'We live in {city}, mostly flat.',
    'Budget is around £{near}00.',
    'I would have to carry it up six steps.',
  ],
  plea: [
    '',
    'What would you recommend?',
    'Is there one to look at in {city}?',
    'How much is it {all in|with the rain cover}?',
    'Would love your advice.',
  ],
  lead: ['Hi {name},', 'Hello {name}!', 'Great question, {name}:', 'Good to hear from you, {name}:'],
  tail: [
    '',
    'There is one to try in {city}, come by and bring the family.',
    'Shall I keep one for a test ride?',
    'No rush, the price stays until the end of the month.',
  ],
  followUps: [
    [
      'Can you really carry three kids in the Haul?',
      'Three small ones, yes, up to 80 kg together. With four you want a bus.',
    ],
    ['Do you take old bikes in part exchange?', 'We do, bring it along and we look at it together.'],
    ['Does the battery come out for charging?', 'It does, five kilos, with a handle.'],
    [
      'Is there {a lease or |}some kind of instalments?',
      'Yes, 24 months without interest. I have sent you the sheet.',
    ],
  ],
  happy: [
    'We came, we rode, we ordered. Thank you!',
    'Ordered the green one this morning 🚲💚',
    'So helpful, not pushy at all. See you on {weekday}.',
    'Exactly what I needed to know, thanks {me}!',
  ],
  sour: [
    'Bought another make in the end. They answered the same day.',
    'Too late, we have decided otherwise.',
  ],
}

const testRide: Script = {
  id: 'test-ride',
  language: 'en',
  mood: 'purchase',
  function: 'sales',
  weight: 5,
  channels: ['web', 'email', 'phone', 'instagram', 'twitter'],
  matters: [
    [
      'Can I {try|test} a {model} in {city} on {weekday}?',
      '{weekday} at five is free, I wrote you in. Flat shoes and some ID, that is all.',
      'Test ride on {weekday}',
    ],
    [
      'Do I need to book for a test ride, or can I just {show up|turn up}?',
      'just show up, Saturdays before eleven are calm.',
      'Test ride: booking?',
    ],
    [
      'Would love to take the {model} for a spin before I buy. Is a whole day possible?',
      'it is, for £25, and for nothing if you buy.',
      'A day with the {model}',
    ],
    [
      'Is the {model} on show in {city} {at the moment|these days}?',
      'one in green, right by the window. It waves if you wave first.',
      '{model} in {city}',
    ],
  ],
  detail: ['', 'I would bring my {daughter|son}, {she|he} is three.', 'After work would be best.'],
  plea: ['', 'Thank you!', 'Looking forward to it.'],
  lead: ['Hi {name},', 'Gladly, {name}:', 'Hello {name},'],
  tail: ['', 'See you soon!'],
  followUps: [
    ['Do you have helmets for small kids?', 'From 46 cm up, in three colours that argue with each other.'],
    ['Can we try it with the box loaded?', 'We keep sandbags for exactly that.'],
  ],
  happy: [
    'Rode it, loved it, could not stop grinning.',
    'Thanks for taking so much time for us!',
    'Booked. Thank you!',
  ],
  sour: ['We came all the way and the bike was out on loan.'],
}

const accessories: Script = {
  id: 'accessories',
  language: 'en',
  mood: 'purchase',
  function: 'sales',
  weight: 5,
  channels: EVERYWHERE,
  matters: [
    [
      'Does a {normal|standard} child seat fit on the rack of the {model}?',
      'every seat with a clamp up to 22 mm does. Tighten it to 8 Nm and sing something.',
      'Child seat for the {model}',
    ],
    [
      'I would like to order a second battery for my {model}. Which one is it?',
      'the 630 Wh one. Same slot, same key, and the charger knows both.',
      'Second battery',
    ],
    [
      'Is the wooden box of the Haul sold on its own? A friend {built|welded} a frame.',
      'it is, £{amount}. The friend should come and measure first, I want to see that frame.',
      'Box of the Haul',
    ],
    [
      'When are the winter tyres {back in the shop|in stock again}?',
      'on {weekday}. I have put a pair aside with your name on it.',
      'Winter tyres',
    ],
    [
      'Where can I {buy|get} a rain cover for the {model}? The site says sold out.',
      'the site counts wrong, we have nine. One is yours if you want it.',
      'Rain cover sold out?',
    ],
  ],
  detail: ['', 'Bought mine in {city} last year.', 'Happy to pay in advance.', 'Asking for my mum.'],
  plea: ['', 'Thanks!', 'What does it cost?'],
  lead: ['Hi {name}!', 'Hello {name},', 'Sure, {name}:'],
  tail: ['', 'Posted before noon, there tomorrow.'],
  followUps: [
    ['Nice. Does it keep the warranty?', 'It does, we fit it the same way here.'],
    ['Can I pick it up in {city}?', 'Yes, from {weekday} on, behind the counter.'],
  ],
  happy: ['Ordered, thanks!', 'Fits like a glove. Cheers.', 'Perfect service as always.'],
  sour: ['Arrived, does not fit. Annoying.'],
}

const business: Script = {
  id: 'business',
  language: 'en',
  mood: 'question',
  function: 'sales',
  weight: 4,
  channels: ['email', 'web', 'phone', 'twitter', 'mastodon'],
  matters: [
    [
      'Do you offer the {model} through cycle to work schemes?',
      'all the big schemes work with us; choose Tarnwheel in their shop and we see it here.',
      'Cycle to work',
    ],
    [
      'We run a {bakery|pharmacy|flower shop} in {city} and would replace two vans by cargo bikes. Do you do fleets?',
      'from three bikes on, with a mechanic who comes to your yard. I would love to see the place.',
      'Fleet of cargo bikes',
    ],
    [
      'Is there a discount for nurseries? We need three Hauls.',
      'ten percent, and the first year of service is free.',
      'Three Hauls for a nursery',
    ],
    [
      'Why is the {model} £{amount} dearer than last spring?',
      'the motor maker raised prices and we swallowed half of it. I know that the other half still stings.',
      'Price of the {model}',
    ],
  ],
  detail: ['', 'Could somebody call me about it?', 'Rough numbers are fine for now.'],
  plea: ['', 'Thanks a lot.'],
  lead: ['Hello {name},', 'Thanks for asking, {name}:', 'Hi {name}, fair question:'],
  tail: ['', 'Shall we talk on {weekday}?'],
  followUps: [
    ['Can we rent one for a month first?', 'Yes, and the rent counts towards the price.'],
    [
      'How does the mechanic thing work?',
      'A fixed day each quarter, in your yard, under a tent if it rains.',
    ],
  ],
  happy: [
    'That sounds fair. Talk on {weekday}.',
    'Thanks for being open about it.',
    'First van sold, first Haul ordered!',
  ],
  sour: ['A bit steep for us, sadly.'],
}

const overheard: Script = {
  id: 'overheard',
  language: 'en',
  mood: 'chat',
  function: 'sales',
  weight: 3,
  channels: SOCIAL,
  matters: [
    [
      'Hot take: a {model} is cheaper than a second car and I have a spreadsheet.',
      'Would love to see that spreadsheet, {name}!',
    ],
    [
      'Convincing my partner that a {model} is a piece of furniture, wish me luck.',
      'Good luck, {name}. We can send a picture of it as a sofa.',
    ],
    [
      'Neighbour got a {model}. I am not jealous. I am measuring our hallway.',
      'Measure twice, {name}: it is 62 cm wide.',
    ],
    [
      'Saw three {model}s on the school run today. When did this happen?',
      'Somewhere between the second hill and the third coffee, {name}.',
    ],
  ],
  detail: [''],
  plea: [''],
  lead: [''],
  tail: [''],
  followUps: [],
  happy: ['Haha, you people are dangerous.', 'Deal 😄'],
  sour: [],
}

export const salesScripts: readonly Script[] = [whichBike, testRide, accessories, business, overheard]
