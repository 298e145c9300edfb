import type { Script } from './script.ts'

/** Firmware 4.2 leaves displays black. For some days this is what people write about. */
export const incident: Script = {
  id: 'firmware-4.2',
  language: 'en',
  mood: 'complaint',
  function: 'product',
  weight: 0,
  channels: ['twitter', 'twitter', 'mastodon', 'bluesky', 'email', 'web', 'phone', 'instagram'],
  matters: [
    [
      '{Updated|Just updated} my {model} to 4.2 {last night|this morning}. Display is {black|dead}, bike is {dead|a brick}.',
      'we stopped 4.2. To get yours back, take the battery out, hold light and plus for fifteen seconds, battery in.',
      'Firmware 4.2: display dead',
    ],
    [
      'Black screen after your update. I have to be at work in {ten|twenty} minutes!',
      'battery out, hold light and plus for fifteen seconds, battery in. If it stays black, we pay your taxi today.',
      'Black screen after update',
    ],
    [
      'So {model} owners all over {city} are pushing {30|40} kg of bike uphill today. Well done.',
      'we broke this. A van with new displays stands in {city} from {weekday} on, and you are down for the morning.',
      'Half of {city} is pushing',
    ],
    [
      'Firmware 4.2 just bricked my display. It restarted at {61|58|73} % and that was it.',
      'then the display itself is gone. Any shop swaps it while you wait, or we send the van, free of charge.',
      'Bricked at 61 %',
    ],
    [
      'My {model} shows nothing since the update. No light, no motor, no answer from you.',
      'please do not ride it in the dark. A loan bike is waiting for you in {city}.',
      'Bike does not start any more',
    ],
    [
      'Your update {killed|stopped} my bike with {both kids|my kid} in it at a crossing. Not funny {at all|}.',
      'that must have been frightening. I would like to call you, and a new display is on its way by courier.',
      'Stopped at a crossing',
    ],
    [
      'Is anyone at Tarnwheel awake? Half of my street has a black display.',
      'awake, all of us, and ashamed. 4.2 is stopped, and the way back is pinned to our profile.',
      'Anyone awake?',
    ],
    [
      'I did not even ask for 4.2. It installed itself overnight{ and now nothing works|}.',
      'from now on updates wait for your yes. Yours we repair at your door on {weekday}.',
      'Update without asking',
    ],
  ],
  detail: [
    '',
    '',
    'Who tests this?',
    'Nobody answers the phone.',
    'The app still offers it to everybody!!',
    'I need this bike to earn money.',
    'Furious.',
    'Tried the reset, tried charging, nothing.',
  ],
  plea: ['', 'Fix this. Now.', 'How do I get back to 4.1?', 'I want a loan bike.', 'Terrible.'],
  lead: [
    '{name}, I am sorry, this is our mistake:',
    'Sorry, {name}, and thank you for telling us:',
    '{name}, no excuses:',
  ],
  tail: ['', 'What went wrong and what we change is on our status page.', 'I check back with you tonight.'],
  followUps: [
    [
      'Button trick does nothing. Still black.',
      'Then the display is gone. The van brings you a new one, and I bring the apology.',
    ],
    [
      'Nearest shop is 60 km away. On what, exactly?',
      'Then we come to you. {weekday} before work, if that suits.',
    ],
    [
      'And why did the app push it for six more hours?',
      'Because the switch for stopping an update sat with one person, who was asleep. That has changed.',
    ],
    ['Who pays for my taxi?', 'We do. Send me the receipt, no form needed.'],
  ],
  happy: [
    'Button trick worked. Breathing again. Thank you.',
    'New display fitted in ten minutes, and they brought cake. OK, forgiven.',
    'Credit where it is due: you owned it and fixed it.',
    'Running again. Please never update at night again 🙏',
  ],
  sour: [
    'Day three. Still black. Still nothing.',
    'Loan bike turned out to be a joke, it was flat.',
    'That was my last Tarnwheel.',
    'Copy and paste answers while people stand in the rain.',
  ],
}
