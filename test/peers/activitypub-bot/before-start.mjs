// The peer asks for version 4 of activitystrea.ms, which the registry does not have. Of what is new in it the peer uses
// two things, which version 3 gets here: vocabularies that are at hand, and whether a thing is an activity.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.resolve('@evanp/activitypub-bot'))
const Loader = require('activitystrea.ms/src/contextloader.js')
const atHand = new Map()
const { makeDocLoader } = Loader.prototype

Loader.prototype.makeDocLoader = function () {
  const load = makeDocLoader.call(this)
  return async (url) =>
    atHand.has(url) ? { contextUrl: null, document: atHand.get(url), documentUrl: url } : load(url)
}

const as2 = require('activitystrea.ms')
as2.registerContext = (url, context) => atHand.set(url, context)

// https://www.w3.org/TR/activitystreams-vocabulary/#activity-types
const activities = new Set(
  `Accept Activity Add Announce Arrive Block Create Delete Dislike Flag Follow Ignore Invite IntransitiveActivity Join
  Leave Like Listen Move Offer Question Read Reject Remove TentativeAccept TentativeReject Travel Undo Update View`
    .split(/\s+/)
    .map((name) => `https://www.w3.org/ns/activitystreams#${name}`),
)
Object.defineProperty(as2.models.Base.prototype, 'isActivity', {
  value() {
    return [this.type].flat().some((type) => activities.has(type))
  },
})
