import type { Script } from './script.ts'
import { EVERYWHERE } from './script.ts'

const lateDelivery: Script = {
  id: 'late-delivery',
  language: 'en',
  mood: 'complaint',
  function: 'service',
  weight: 9,
  channels: EVERYWHERE,
  matters: [
    [
      'Ordered a {model} {four|five|six} weeks ago and the {delivery date|date} has {moved|changed} {twice|three times|four times} {now|already}.',
      'I {rang|called} the depot {just now|a minute ago}. Your {model} leaves {city} {tomorrow|tonight} and reaches you on {weekday}, and this date I can see with my own eyes.',
      'Delivery date moved again',
    ],
    [
      'My {model} was {supposed|meant} to {arrive|come} on {weekday}. I took the {day|morning} off. {Nobody came.|No van, no call.}',
      'the {van|driver} had the wrong house number. It comes again {on Thursday|tomorrow}, and {the driver rings|he calls} you half an hour before.',
      'I waited all day',
    ],
    [
      'Tracking for {order} has said "preparing" {since {weekday}|for {days} days|all week}.',
      'it is packed since this morning, the status {hangs|is stuck} behind the truth. The van to you leaves on {weekday}.',
      'Tracking of {order}',
    ],
    [
      'The box for {order} {came|arrived} today, but the {front wheel|left pedal|key|charger} is {missing|not in it}.',
      'that one was still lying on the {packing table|bench}, I am afraid. A courier {has it now|took it at noon}, you have it tomorrow before ten.',
      'Part missing in {order}',
    ],
    [
      '{Your shop|You} said {days} days for the {model}. {It has been three times that.|That was in another season.}',
      'the painters are behind with {green|blue}, and we should have told you. Yours is dry and gets its lights today; {weekday} is realistic.',
      'How much longer?',
    ],
    [
      '{No bike, no mail, no call.|Not one update from you.} Order {order}, paid {in full|up front}, promised for {weekday}.',
      'your order waited for a second brake check and nobody said so. It goes out tomorrow, and I will {write to|message} you when it is on the van.',
      'Order {order}: any news?',
    ],
  ],
  detail: [
    '',
    '',
    '{I sold my car for this.|We sold the car already.}',
    'We walk the kids to school in the rain {every morning|meanwhile}.',
    'Your phone line just plays music.',
    'It was meant to be a birthday present.',
  ],
  plea: [
    '',
    'Can someone {please tell me|explain} what is going on?',
    'Any news {at all |}would help.',
    'A straight answer, please.',
    'What happens next?',
  ],
  lead: [
    "I'm sorry, {name}:",
    '{name}, sorry for the wait and the silence around it:',
    'Hi {name}, that is not how it should go:',
    'Oh no, {name}. I looked it up at once:',
  ],
  tail: [
    '',
    'The delivery fee is on its way back to you.',
    'If anything moves again, shout and I will chase it.',
    'I keep an eye on it until it stands in your hall.',
  ],
  followUps: [
    [
      '{Which time window?|What time?} I cannot take another day off.',
      'Between nine and twelve, and the driver calls before.',
    ],
    ['Is that a promise or {another|one more} estimate?', 'A promise. I have just seen it being loaded.'],
    [
      'OK. Does it come {assembled|built}?',
      'Built and charged. You only turn the handlebar straight, the tool is in the bag.',
    ],
    ['And who do I talk to if it does not {show up|come}?', 'To me. I am in until six, ask for {me}.'],
  ],
  happy: [
    "It's here, and it is {gorgeous|beautiful}. Thank you {me}!",
    '{Arrived|Came} this morning, the driver was lovely. Thanks for sorting it.',
    'Finally riding. Worth the wait, honestly 😊',
    'Thank you for actually ringing them. Much appreciated.',
    'Just did my first ten km with a huge grin. Thanks for your help!',
  ],
  sour: [
    '{weekday} came and went. No bike. Unbelievable.',
    'Still nothing. I am cancelling.',
    'So that was one more empty promise.',
  ],
}

const refund: Script = {
  id: 'refund',
  language: 'en',
  mood: 'complaint',
  function: 'service',
  weight: 6,
  channels: ['twitter', 'email', 'web', 'phone', 'mastodon'],
  matters: [
    [
      'I {returned|sent back} my {model} {days} days ago and there is {still no|no sign of the} refund.',
      'the return was never booked in at {city}. I have done that by hand, and the money left us {today|this minute}.',
      'Refund for {order}',
    ],
    [
      'You {charged|billed} me £{amount} twice for the same order ({order}).',
      'the second charge was {ours|our mistake}; £{amount} went back to your card a minute ago.',
      'Charged twice',
    ],
    [
      'The rental deposit of £{amount} was promised {back |}within a week. That was {a month|five weeks} ago.',
      'your deposit sat in a list that nobody looked at. It is released now.',
      'Deposit not returned',
    ],
    [
      'I was billed £{amount} for a {rental|Tarn Daily} bike that I handed back in {city} on {weekday}.',
      'the lock in {city} did not report it home, so the clock ran on. The bill is {cancelled|void} and the £{amount} are on their way back.',
      'Wrong rental bill',
    ],
    [
      'Cancelled {order} the same evening, yet £{amount} left my account.',
      'your cancellation and the payment crossed at midnight. The payment is reversed.',
      'Cancelled, charged anyway',
    ],
  ],
  detail: [
    '',
    'I have the receipt and {the |}photos.',
    'This is not small change for me.',
    'Two mails, zero answers.',
  ],
  plea: ['', 'Please sort this out.', 'When do I get my money{ back|}?', 'Who do I talk to about this?'],
  lead: [
    'Hi {name}, you are right, and I am sorry:',
    'Sorry about this, {name}:',
    'Thanks for the details, {name}:',
  ],
  tail: [
    'Banks take two to three days to show it.',
    'You have a mail with the reference.',
    'If it is not there by {weekday}, I walk over to accounting myself.',
  ],
  followUps: [
    ['Do I get that in writing?', 'It is in your inbox, with the reference on top.'],
    [
      'Which card did it go to? The old one is closed.',
      'Then I change it to a bank transfer, nothing you need to do.',
    ],
    [
      'Why did {it|that} take so long?',
      'Because we keep two lists, and you were on one of them only. I have passed that on.',
    ],
  ],
  happy: [
    'Money is back. Thank you for being quick about it.',
    'Confirmed, thanks {me}. Painless in the end.',
    'Wow, that was fast. Cheers!',
  ],
  sour: ['Still no money. I am going to my bank now.', 'Nothing has arrived. This feels like stalling.'],
}

const noises: Script = {
  id: 'noises',
  language: 'en',
  mood: 'question',
  function: 'service',
  weight: 7,
  channels: EVERYWHERE,
  matters: [
    [
      'The brakes of my {model} {squeal|scream} like a piglet {when it rains|in the wet}.',
      'that is mostly dust on the pads. Wipe the disc with alcohol, then brake hard ten times from 20 km/h.',
      'Squealing brakes',
    ],
    [
      'Since {weekday} the motor of my {model} makes a ticking noise {on hills|uphill}.',
      'nearly always the magnet of the speed sensor. Slide it two millimetres down the spoke.',
      'Ticking motor',
    ],
    [
      'After {km} km something {in|at} the front of my {model} creaks {over every bump|when I turn}.',
      'that is the headset. A quarter turn on the top cap and it is quiet.',
      'Creaking after {km} km',
    ],
    [
      'The chain of my {model} {jumps|slips} when I start at lights. {km} km so far.',
      'at {km} km that is a worn chain, and changing it takes us ten minutes.',
      'Chain jumps',
    ],
    [
      'My rear light flickers over every kerb. {model}, {km} km on the clock.',
      'the plug under the saddle works itself loose. Push until it clicks, then a cable tie.',
      'Rear light flickers',
    ],
    [
      'The kickstand of my {model} {sinks|tips} on soft ground. Box full of kids, very funny for everyone but me.',
      'there is a wider foot for it, it clips on. I will put one in the post {today|for you}.',
      'Kickstand',
    ],
  ],
  detail: ['', 'Is that normal?', 'I cleaned everything already.', 'Nothing is loose as far as I can tell.'],
  plea: [
    '',
    'Can I fix that myself{ or should I bring it in|}?',
    'Any tips?',
    'What would you do?',
    'Is it safe to ride {like this|until then}?',
  ],
  lead: ['Hi {name}!', 'Good that you ask, {name}:', 'Hello {name},', 'I know that one well, {name}:'],
  tail: [
    '',
    'If it stays, drop by in {city}, no appointment needed.',
    'Safe to ride until then.',
    'Send me ten seconds of video if it does not help.',
  ],
  followUps: [
    [
      'Tried it, better but not gone. Can I come by on {weekday}?',
      'Yes, from ten on. Ask for {me}, I keep the stand free.',
    ],
    ['Do I need special tools for that?', 'A 5 mm key. It is in the bag under your saddle.'],
    ['Thanks! And how often should I do that?', 'Every {km} km, or whenever it starts to sing.'],
  ],
  happy: [
    'That did it! Silence at last 🙌',
    'You just saved me an afternoon. Thank you!',
    'Worked on the first try. Brilliant.',
    'Quiet as a cat now, thanks {me}.',
  ],
  sour: ['Did all that. No change.', 'Made it worse, to be honest.'],
}

const stranded: Script = {
  id: 'stranded',
  language: 'en',
  mood: 'complaint',
  function: 'service',
  weight: 3,
  channels: ['twitter', 'phone', 'bluesky', 'web'],
  matters: [
    [
      'URGENT: {stranded|stuck} in {city} with two kids, the {model} will not unlock.',
      'hold the button on the lock for ten seconds, it opens with the battery off. I stay here until it does.',
      'URGENT: bike will not unlock',
    ],
    [
      'My {model} was stolen outside the station {an hour ago|just now}. How do I block it?',
      'I have blocked the motor and marked the frame as stolen. Send me the police reference when you have it.',
      'Stolen bike, please block',
    ],
    [
      'The front brake of my {model} just went to the bar on a hill. Nobody hurt, but that was close.',
      'please do not ride it any more. A colleague picks it up today and brings you a loan bike.',
      'Brake failed on a hill',
    ],
    [
      'Rental bike in {city} died in the middle of a crossing. Your hotline rings out.',
      'leave it at the kerb, a van from {city} is on the way, and the day is free of course.',
      'Rental broke down',
    ],
  ],
  detail: ['', 'I am standing in the street right now.', 'It is getting dark.'],
  plea: ['Please answer quickly!', 'What do I do?', 'Help!'],
  lead: ['{name}, I am on it:', 'Reading this now, {name}:'],
  tail: ['', 'I call you in ten minutes.'],
  followUps: [
    ['OK. How long will that take?', 'Forty minutes at most, I have them on the line.'],
    ['Do I have to pay for that?', 'Not a penny.'],
  ],
  happy: [
    'We are home. Thank you so much, you were wonderful.',
    'That was a textbook rescue. Thank you {me}.',
    'Everything fine again. I could hug you.',
  ],
  sour: ['We walked home. Five kilometres. With the kids.', 'Never again.'],
}

export const serviceScripts: readonly Script[] = [lateDelivery, refund, noises, stranded]
