import { DEVICE, ITEM, PLACE, STAFF, THING, TIME, TO, WHEN } from './own-slots.ts'

/** Praise, thanks with satisfaction, problems put right and said so. */
export const positiveTemplates: readonly string[] = [
  `${TO}{thanks|thank you|thank you so much|many thanks|thx|cheers} {for|for the} {quick reply|fast response|great service|your help|the help ${WHEN}|the upgrade|sorting it|fixing it|making it right|looking after us|the lovely flight}{!|.| :)| 👍}`,
  `${TO}{great|amazing|excellent|fantastic|awesome|wonderful|brilliant} {service|flight|crew|job|staff|experience|customer service|food|app} {today|as always|at ${PLACE}|from your ${STAFF}|on flight 1361|again}{!|.}`,
  `${TO}{your|the} ${STAFF} {was|were} {so |super |incredibly |}{helpful|kind|friendly|nice|patient|lovely|amazing|professional} {${WHEN}|at ${PLACE}|and made my day|to my kids|}{!|.}`,
  `{shout out|shoutout|big thanks|kudos|hats off|props} to {the ${STAFF}|@user|Sarah|James|your ${STAFF} Maria} {at ${PLACE}|on my flight|for going above and beyond|for finding my ${THING}|for the help}{!|.}`,
  `${TO}{love|loving|really love|so happy with|very pleased with|impressed with|obsessed with} {my new ${THING}|the new ${DEVICE}|your ${DEVICE}|${ITEM}|your service|the new menu}{!|.| ❤| 😍}`,
  `${TO}{it works|it's working|all sorted|all fixed|problem solved|got it|bag arrived|refund received} {now|again|today}{, thank you!|, thanks so much.|! You're the best.|. Great support.}`,
  `${TO}{best|the best|easily the best} {airline|service|customer service|bank|burrito|coffee|company|flight} {ever|in town|I've had|around|hands down}{!|.}`,
  `${TO}{you guys|y'all|you} {rock|are the best|are amazing|are awesome|never disappoint|made my day|saved my day|are lifesavers}{!|. Thank you!| ❤}`,
  `${TO}{my ${THING}|package|delivery} {arrived early|came in perfect condition|was delivered in ${TIME}|arrived on time|is perfect}{. Thank you!|, well done!|. Impressed.|!}`,
  `{can't wait|so excited|excited|looking forward} {for ${ITEM}|to fly with @user ${WHEN}|to try ${ITEM}|to be back at ${PLACE}}{!|!!| 😍}`,
  `${TO}{smooth|easy|comfortable|on time|perfect} {flight|check-in|delivery|checkout|landing|booking}{ ${WHEN}|}{, thanks!|. Great crew.|, well done team.|!}`,
  `${TO}{appreciate|really appreciate|much appreciated,} {the quick response|your help|the honesty|you looking into it so fast|it}{!|.| Great team.}`,
  `${TO}{will|I will} {definitely |}{fly|shop|order|book|come} {with you |here |}again{!|. Great experience.|, thanks to your ${STAFF}.}`,
  `${TO}{finally|wow}, {a company that cares|someone who listens|great service|a human who helped in ${TIME}}{!|. Thank you!|. Impressed.}`,
  `${TO}{was|I was} {worried|nervous|upset} but {your ${STAFF} fixed everything|it all got sorted|the ${STAFF} was great|you turned it around}{. Thank you!|!}`,
  `{yum|yay|woohoo|wow}! {${ITEM}|free coffee|$3 burritos|free wifi|an upgrade} {at|from|thanks to} {@user|@user ${WHEN}|${PLACE}}{!|!!| 😋| 🎉}`,
  `${TO}{never had a problem|no complaints|always on time|not a single issue} {with|in} {you|${TIME}|your service|ten years}{. Keep it up!|, great job.|!}`,
]
