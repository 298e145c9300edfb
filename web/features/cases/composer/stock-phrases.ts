/** Phrases that customers have read a hundred times; lower case, longest first. */
const phrases = [
  'thank you for reaching out to us',
  'thank you for contacting us',
  'thanks for contacting us',
  'thanks for reaching out',
  'thank you for reaching out',
  'thank you for your patience',
  'thank you for your feedback',
  'thank you for your message',
  'thank you for your inquiry',
  'thank you for bringing this to our attention',
  'we apologize for any inconvenience',
  'we apologise for any inconvenience',
  'we apologize for the inconvenience',
  'we apologise for the inconvenience',
  'sorry for any inconvenience this may have caused',
  'sorry for the inconvenience',
  'we are sorry to hear that',
  "we're sorry to hear that",
  'we are sorry to hear about your experience',
  "we're sorry to hear about your experience",
  'we value your feedback',
  'your feedback is important to us',
  'your satisfaction is important to us',
  'your call is important to us',
  'we take this very seriously',
  'we take these matters very seriously',
  'please be assured',
  'rest assured',
  'valued customer',
  'at your earliest convenience',
  'please do not hesitate to contact us',
  "please don't hesitate to contact us",
  'do not hesitate to contact us',
  'if you have any further questions',
  'if you have any questions',
  'please feel free to',
  'we are currently looking into this',
  "we're currently looking into this",
  'we are looking into this',
  "we're looking into this",
  'we will get back to you as soon as possible',
  "we'll get back to you as soon as possible",
  'as soon as possible',
  'please allow up to',
  'for further assistance',
  'we are here to help',
  "we're here to help",
  'happy to help',
  'please send us a dm',
  'please dm us',
  'please send us a direct message',
  'this is not the experience we want',
  'have a great day',
  'have a nice day',
  'kind regards',
  'best regards',
  'vielen dank für ihre nachricht',
  'vielen dank für ihre anfrage',
  'vielen dank für ihre geduld',
  'wir entschuldigen uns für die unannehmlichkeiten',
  'wir bitten die unannehmlichkeiten zu entschuldigen',
  'bei weiteren fragen stehen wir ihnen gerne zur verfügung',
  'mit freundlichen grüßen',
]

export const stockPhrases: readonly (readonly string[])[] = phrases
  .map((phrase) => phrase.split(' '))
  .toSorted((a, b) => b.length - a.length)

export const commonWords: ReadonlySet<string> = new Set(
  (
    'about after again also anything because been before being cannot could does doing even from have here hello help ' +
    'into just know like made make more most much need only other over please really said same should since some ' +
    'still such sure take than thank thanks that their them then there these they thing this those time today very ' +
    'want well went were what when where which while will with would your yours yourself ' +
    'aber auch bitte danke dass dein diese doch eine einen einer haben hallo habe hier ihre ihnen immer jetzt kann ' +
    'mein meine mich nicht noch oder schon sehr sich sind über und unser viel vielen wenn werden wird'
  ).split(' '),
)
