import type { Script } from './script.ts'
import { EVERYWHERE, SOCIAL } from './script.ts'

const praise: Script = {
  id: 'praise',
  language: 'en',
  mood: 'praise',
  function: 'community',
  weight: 10,
  channels: EVERYWHERE,
  matters: [
    [
      'One year and {km}0 km with the {model} today. {Not one regret.|Would do it again tomorrow.}',
      'Here is to the next {km}0, {name}!',
      'A year with the {model}',
    ],
    [
      'Big shout out to your shop in {city}: fixed my wheel while the kids {drew on the floor with chalk|fed the dog}.',
      'The floor stays as it is, {name}. Everybody likes it better now.',
      'Compliment to {city}',
    ],
    [
      'My {model} just carried a Christmas tree, two kids and a cello. In one go.',
      'A cello? We need a picture, {name}. Please.',
      'Cello transport',
    ],
    [
      'The new green is unreal. People stop me at lights.',
      'We fought for that green for a year, {name}. This made the morning of our painter.',
      'The green!',
    ],
    [
      'I have not started the car since {March|April|May}. The {model} did that.',
      'Then the car may sleep, {name}. Thank you for telling us.',
      'The car sleeps',
    ],
    [
      'Your mechanic in {city} explained the hub to my son for twenty minutes. He wants to be her now.',
      'She will be impossible for a week, {name}, and rightly so.',
      'Thank you',
    ],
    [
      'I cried a bit when my mum rode the {model} alone for the first time after her stroke. Thank you.',
      'I read this out loud in the workshop, {name}, and it got very quiet. Thank you for writing.',
      'My mum rides again',
    ],
    [
      '{Great|Lovely} people at the Tarnwheel shop in {city}. In, fixed, out, and a biscuit.',
      'The biscuits are policy, {name}.',
      'Biscuits',
    ],
  ],
  detail: ['', '', 'Best thing we ever bought.', '🚲❤️', 'Just wanted to say that.', 'Keep going!'],
  plea: [''],
  lead: [''],
  tail: ['', 'Would you mind if we told that story?'],
  followUps: [
    ['Of course you may tell it!', 'Wonderful. I will write to you before anything goes out.'],
    ['Picture follows 😄', 'Yes!! It will hang above the coffee machine.'],
  ],
  happy: ['Say hi to everyone in the shop!', '😊', 'You are the best.'],
  sour: [],
}

const together: Script = {
  id: 'together',
  language: 'en',
  mood: 'question',
  function: 'marketing',
  weight: 4,
  channels: [...SOCIAL, 'email'],
  matters: [
    [
      'Is there a Sunday ride in {city} again this month?',
      'Sunday at ten, from the shop door, at the pace of the smallest rider.',
      'Sunday ride',
    ],
    [
      'Our school in {city} runs a tombola. Would you give us something for it?',
      'a day with a Haul for the first prize, and bells for everybody else.',
      'Tombola for our school',
    ],
    [
      'We organise a lantern ride for kids on {weekday}. Could you lend us two Hauls?',
      'two Hauls, full batteries and a box of lanterns, consider it done.',
      'Lantern ride',
    ],
    [
      'I film slow bike trips, nothing fancy. Would you like to do something together?',
      'slow is our favourite speed. Send me your last one?',
      'Slow trips',
    ],
    [
      'Do you still do the learn-to-ride mornings for adults?',
      'every second Saturday, and the falls are soft.',
      'Learning to ride',
    ],
  ],
  detail: ['', 'It is for a good cause.', 'About forty people.', 'Would mean a lot.'],
  plea: [''],
  lead: ['Hi {name}!', 'Lovely, {name}:', 'Hello {name},'],
  tail: [''],
  followUps: [
    ['What if it rains?', 'Then we ride wetter and shorter.'],
    ['Who do we ask for?', 'For {me}, at the big door.'],
  ],
  happy: ['You are stars. The kids will lose it.', 'Great, we will be there!'],
  sour: ['Pity, it is over now.'],
}

const press: Script = {
  id: 'press',
  language: 'en',
  mood: 'question',
  function: 'pr',
  weight: 2,
  channels: ['email', 'twitter', 'mastodon'],
  matters: [
    [
      'I write for a local paper and have three questions about battery safety.',
      'I can do {weekday} at two, with the engineer who built it.',
      'Press: battery safety',
    ],
    [
      'For a piece on repairable products: would your head of design give an interview?',
      'she would, and she will talk for longer than you have space.',
      'Interview request',
    ],
    [
      'We are fact-checking a claim about your range figures. Deadline is {weekday}.',
      'the figures and how we measured them are in your inbox, and my number with them.',
      'Fact check, deadline {weekday}',
    ],
  ],
  detail: ['', 'Half an hour on the phone would do.', 'Background is fine too.'],
  plea: [''],
  lead: ['Hello {name}, thank you for asking us first:', 'Hi {name}, gladly:'],
  tail: [''],
  followUps: [['Could we have a photo of the test bench as well?', 'Three attached, free to use.']],
  happy: ['Perfect, thanks for the quick turnaround.', 'Very helpful, link follows when it is out.'],
  sour: ['We went to print without a comment from you.'],
}

const chatter: Script = {
  id: 'chatter',
  language: 'en',
  mood: 'chat',
  function: 'community',
  weight: 6,
  channels: SOCIAL,
  matters: [
    ['Rain, headwind, late, happy. {model} commute.', 'Headwind is just a gym that follows you, {name}.'],
    [
      'Day {days} of {model} ownership: I have opinions about kerbs now.',
      'Welcome to the club, {name}. We meet at the lowered ones.',
    ],
    [
      'Who designed the bike lanes in {city} and have they ever met a bike?',
      'We offered them a test ride, {name}. Still waiting.',
    ],
    [
      'Cargo bike bingo: cello, Christmas tree, aunt. Two out of three this week.',
      'Aunt next week, {name}. We believe in you.',
    ],
    [
      'My three year old calls the {model} "the bus". Correct.',
      'The bus it is, {name}. Fewer delays, we hope.',
    ],
    ['Sunday, coffee, {near} km, no plan.', 'The best kind, {name}.'],
    [
      'The dog has claimed the box. We walk beside it now.',
      'Please tell the dog that the box is on loan, {name}.',
    ],
  ],
  detail: ['', '', '🌧️🚲', '#bikelife'],
  plea: [''],
  lead: [''],
  tail: [''],
  followUps: [],
  happy: ['😂', 'Haha, true.', 'Will do 🫡'],
  sour: [],
}

const goodReview: Script = {
  id: 'review-good',
  language: 'en',
  mood: 'praise',
  function: 'community',
  weight: 5,
  channels: ['reviews'],
  matters: [
    [
      '★★★★★ Bought the {model} in {city} in spring and use it every day.',
      'Thank you, {name}, we will show this to the team in {city}.',
      'Worth every penny',
    ],
    [
      '★★★★★ Honest advice, nobody tried to sell me the big battery.',
      'Thanks {name}! If you ever need it, it will still be here.',
      'Honest advice',
    ],
    [
      '★★★★☆ Took us two test rides to decide, and they were patient both times.',
      'Any number of rides, {name}. Enjoy it!',
      'Great shop, great bike',
    ],
    [
      '★★★★☆ Solid, quiet, well made. Only the bell is silly.',
      'We hear you on the bell, {name}. Everybody does.',
      'Four stars, one for the bell',
    ],
  ],
  detail: ['', 'Would buy again.', 'And the lights are the best I have had.'],
  plea: [''],
  lead: [''],
  tail: [''],
  followUps: [],
  happy: [],
  sour: [],
}

const badReview: Script = {
  ...goodReview,
  id: 'review-bad',
  mood: 'complaint',
  function: 'service',
  weight: 6,
  matters: [
    [
      '★★☆☆☆ The {model} rides well, but when something breaks you are alone.',
      'That is not what we want to be, {name}. May I have your order number?',
      'Nice bike, no service',
    ],
    [
      '★☆☆☆☆ Waited {days} days for a spare part that costs three pounds.',
      'That is absurd, {name}, and it is in the post today, free of charge.',
      'Disappointed',
    ],
    [
      '★☆☆☆☆ Called four times about my order, was promised four calls back, got none.',
      'I am sorry, {name}. I have found your order and call you today, for real.',
      'Never reached anyone',
    ],
    [
      '★★☆☆☆ Rental in {city} was dirty and the battery half empty.',
      'Thank you for being frank, {name}. The money is on its way back.',
      'Avoid the rental',
    ],
  ],
  detail: ['', 'Such a shame.', 'I expected more at this price.', 'Buy the bike, but find another workshop.'],
  happy: ['Update: they called, fixed it and apologised. Two more stars.'],
}

const spam: Script = {
  id: 'spam',
  language: 'en',
  mood: 'spam',
  function: 'service',
  weight: 6,
  channels: ['twitter', 'instagram', 'web', 'email'],
  matters: [
    ['🔥 Gain {5k|10k|20k} real followers in 24h, DM us now 🔥', '', 'Grow your brand fast'],
    [
      'Dear Sir/Madam, we are leading manufacturer of bicycle {bell|lamp|basket} and LED torch, best price.',
      '',
      'Best price bicycle {bell|lamp}',
    ],
    [
      'Your page could rank first! Free website audit, click the link in our bio.',
      '',
      'Free audit of your website',
    ],
    [
      'Congratulations, you have been selected for a crypto gift worth ${amount}0. Claim today.',
      '',
      'You have been selected',
    ],
    ['Great post! Check my profile for hot deals 💰💰💰', '', 'Hot deals'],
    ['We can remove bad reviews for you, 100 % guaranteed, pay after success.', '', 'Re: your reviews'],
  ],
  detail: [''],
  plea: [''],
  lead: [''],
  tail: [''],
  followUps: [],
  happy: [],
  sour: [],
}

export const communityScripts: readonly Script[] = [
  praise,
  together,
  press,
  chatter,
  goodReview,
  badReview,
  spam,
]
