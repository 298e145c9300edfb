import type { Script } from './script.ts'
import { EVERYWHERE, SOCIAL, WRITTEN } from './script.ts'

const range: Script = {
  id: 'range',
  language: 'en',
  mood: 'complaint',
  function: 'product',
  weight: 7,
  channels: EVERYWHERE,
  matters: [
    [
      'Your site says 120 km. My {model} is {flat|empty} after {near}.',
      '120 is the lab. On real streets 80 is honest, and we are changing the page this week because of {mails|messages} like yours.',
      'Only {near} km?',
    ],
    [
      'The battery of my {model} {falls|drops} from 30 % to zero within a kilometre.',
      'that jump is the gauge, not the battery. Ride it empty once, then charge it to the end.',
      'Battery drops at 30 %',
    ],
    [
      'Since the cold came my {model} {barely|hardly} makes it to work and back.',
      'below five degrees a cell gives a third less. Keep it indoors and put it in just before you ride.',
      'Range in winter',
    ],
    [
      'The new {model} has less range than the one from two years ago. {Why?|Progress?}',
      'the motor is stronger and the cells are the same. In eco mode it goes as far as the old one, in turbo it does not.',
      'Less range than before',
    ],
  ],
  detail: [
    '',
    'Flat road, 75 kg, eco mode.',
    'I charge it in the hall overnight.',
    'I bought it because of the range!',
  ],
  plea: ['', 'Is it faulty?', 'That is disappointing.', 'What can I do?'],
  lead: [
    'Hi {name}, thanks for the figures:',
    'Sorry for the late reply, {name}, I wanted to ask the battery people first:',
  ],
  tail: [
    '',
    'If it stays under {near} km we swap it, no discussion.',
    'Tell me the serial number and I look at its log.',
  ],
  followUps: [
    ['Did that. Same. Now what?', 'Then it is weak for its age. A new one goes out to you on {weekday}.'],
    ['Where do I find the serial number?', 'Under the handle, it starts with TW.'],
  ],
  happy: [
    'Gauge is right again after one full cycle. Thank you!',
    'New battery arrived, what a difference.',
    'Respect for being honest about it. That is rare.',
  ],
  sour: [
    'Still the same {near} km. I feel cheated.',
    'Weeks of "we are looking into it".',
    'Selling it. Range was the reason I bought it.',
  ],
}

const app: Script = {
  id: 'app',
  language: 'en',
  mood: 'complaint',
  function: 'product',
  weight: 7,
  channels: [...SOCIAL, ...WRITTEN],
  matters: [
    [
      'The Tarnwheel app logs me out {every single morning|every day at midnight}.',
      'a token expired at midnight instead of after thirty days. The fix is in 3.8.2, out on {weekday}.',
      'App logs me out',
    ],
    [
      'App has not found my {model} since the last update.',
      'please remove the bike in the Bluetooth list of the phone and pair again, the old key was stored twice.',
      'App does not find my bike',
    ],
    [
      'Why does a bike app need my location all day long?',
      'it should only ask while you ride. Set it to "while using", nothing breaks, and we are changing the default.',
      'Location all day?',
    ],
    [
      'Your app shows my {model} in {city}. It is in my hallway.',
      'it shows where it last had signal, and says so nowhere. From 3.8.2 on it will.',
      'My bike is not in {city}',
    ],
    [
      '{Third|Second} time this week that the app {crashes|freezes} when I open the map.',
      'a map tile with a bridge in it made it fall over, honestly. Fixed in 3.8.2.',
      'Map crashes',
    ],
  ],
  detail: ['', 'Reinstalled twice.', 'Phone is two years old, nothing exotic.', 'Screenshots on request.'],
  plea: ['', 'Please fix.', 'Any idea?', 'Anyone else?'],
  lead: [
    'Hi {name}, found it:',
    'Thanks for reporting this, {name}:',
    'Sorry, {name}, it took us a while to reproduce:',
  ],
  tail: ['', 'The key on the bike works without the app meanwhile.'],
  followUps: [
    [
      'Updated, still the same.',
      'Then I would like to see your log. It is under Help, "send log", and takes ten seconds.',
    ],
    ['And until then?', 'Until then log in once by hand in the evening. Silly, but it holds the night.'],
  ],
  happy: ['3.8.2 did it. Thanks!', 'Works again, cheers for the fix.', 'Nice, all fine now.'],
  sour: ['Two updates later: no change.', 'I use the key now. The app is a toy.'],
}

const ideas: Script = {
  id: 'ideas',
  language: 'en',
  mood: 'suggestion',
  function: 'product',
  weight: 7,
  channels: [...SOCIAL, ...WRITTEN],
  matters: [
    [
      'Please put a USB-C port on the display of the {model}.',
      'It is on the list for spring, and your message is now pinned to it.',
      'Idea: USB-C',
    ],
    [
      'Idea: a second hook for the rain cover, so that it opens to the pavement side.',
      'We tried it on Friday with a bent coat hanger, and it works. Now properly.',
      'Idea for the rain cover',
    ],
    [
      'You should {sell|offer} the {model} with a floor that can be replaced. Mine looks like a goat lived in it.',
      'You are the fourth this month, which makes it a project.',
      'Wish: new floor',
    ],
    [
      'Would be great if the app could tell my partner that I have arrived.',
      'With your yes each time, or not at all, that is what we are arguing about. Leaning towards each time.',
      'An idea for the app',
    ],
    [
      'A walk-assist button that works with gloves on. That is the whole wish.',
      'I went out with three pairs of gloves today. You are right in all three.',
      'Walk assist',
    ],
    [
      'What about a bell that does not sound like an apology?',
      'We have a drawer of forty bells and a meeting about it.',
      'The bell',
    ],
    [
      'Could the kickstand light up when it is not locked? I fell over mine twice.',
      'There is a prototype with a red dot. Ugly, but nobody falls.',
      'Kickstand light',
    ],
  ],
  detail: ['', 'Otherwise I love it.', 'I would pay for that.', 'Three friends said the same.'],
  plea: [''],
  lead: ['That is a good one, {name}.', 'Ha, {name}!', 'Thank you, {name}, seriously.'],
  tail: ['', 'I will tell you when something moves.'],
  followUps: [
    ['I would love to test that!', 'Then welcome to the beta ride group. The first mail comes on {weekday}.'],
    [
      'Is there a beta program or something?',
      'There is, a small one. You are in, if you promise to complain.',
    ],
  ],
  happy: ['You people listen. Wonderful.', 'Great, looking forward to it!', 'Made my day 😄'],
  sour: ['I suggested that last year too. Nothing happened.'],
}

const beta: Script = {
  id: 'beta',
  language: 'en',
  mood: 'suggestion',
  function: 'product',
  weight: 4,
  channels: ['mastodon', 'email', 'bluesky', 'web'],
  matters: [
    [
      'Beta rider here: the new torque setting is lovely uphill and jumpy at lights.',
      'jumpy means a ramp that is too steep, the next build has it softer.',
      'Beta: torque',
    ],
    [
      'Beta feedback, day {days}: wet leaves, no slips, the traction thing really works.',
      'could you send the log of that ride? I want to frame it.',
      'Beta: wet leaves',
    ],
    [
      'As one of the beta riders: the display is hard to read with polarised sunglasses.',
      'rotated by ninety degrees in the next build. Thank you for the photo.',
      'Beta: display',
    ],
    [
      'Beta build 4.3a: the range estimate is finally honest.',
      'it now asks the last five rides instead of the brochure.',
      'Beta: range estimate',
    ],
    [
      'Beta group question: may we talk about the new rack in public yet?',
      'from {weekday} on. Until then please keep it under your hat.',
      'Beta: rack',
    ],
  ],
  detail: ['', 'Happy to send the logs.', '{km} km so far.', 'Photos in the group.'],
  plea: [''],
  lead: ['Gold, thank you {name}:', 'That is exactly what we need, {name}:'],
  tail: [''],
  followUps: [['Will that come to older bikes too?', 'To everything from the last three years.']],
  happy: ['New build rides like butter.', 'Thanks for taking us seriously.'],
  sour: ['Third build, same jump. Did anybody read my notes?'],
}

const repair: Script = {
  id: 'right-to-repair',
  language: 'en',
  mood: 'question',
  function: 'product',
  weight: 4,
  channels: ['mastodon', 'bluesky', 'twitter', 'email'],
  matters: [
    [
      'Do you publish the torque values and part numbers of the {model}?',
      'every screw of it, in the service book on the site.',
      'Torque values',
    ],
    [
      'Is the motor of the {model} something one can open and grease, or is it glued?',
      'it opens with a T25 and some courage. Grease is in the service book.',
      'Can I open the motor?',
    ],
    [
      'How long will there be batteries for a bike that I buy today?',
      'twelve years from the last one sold, and the cells are a standard size on purpose.',
      'Batteries in ten years',
    ],
    [
      'Which protocol does the display speak? Asking for a friend with a soldering iron.',
      'CAN bus, and the message table is on our developer page since last month.',
      'Protocol of the display',
    ],
  ],
  detail: ['', 'I like to fix my own things.', 'That decides whether I buy.'],
  plea: [''],
  lead: ['Our favourite kind of question, {name}:', 'Hi {name}, sorry that this took so long:'],
  tail: [''],
  followUps: [['Do I lose the warranty if I open it?', 'Only for what you break. Opening is not breaking.']],
  happy: ['This is why I will buy one.', 'Thank you. More of this, please.'],
  sour: ['So no answer is the answer.'],
}

export const productScripts: readonly Script[] = [range, app, ideas, beta, repair]
