/** Choices that several templates share. */
export const TO = '{@user |@user |@user @user |Hi @user, |Hey @user |}'
export const THING =
  '{order|package|parcel|delivery|bag|luggage|suitcase|refund|card|account|flight|train|booking|ticket|phone|router|laptop|app|website|subscription|internet|wifi|playlist|console|game|meal|pizza|burger|room|driver|appointment|invoice|bill|payment|voucher|code|password|email|shoes|dress|coffee machine|headphones|sim card|contract|loan|statement|points|rewards}'
export const DEVICE =
  '{app|website|site|phone|router|internet|wifi|connection|tv box|console|laptop|update|software|login|checkout|cart|card reader|tracking page|download|playlist|camera|keyboard|battery|screen|bluetooth|email|voicemail|streaming|service|account page}'
export const TIME =
  '{10 minutes|20 mins|half an hour|45 minutes|an hour|over an hour|2 hours|3 hrs|5 hours|all day|two days|3 days|a week|over a week|2 weeks|3 weeks|a month|two months|months}'
export const WHEN =
  '{today|yesterday|this morning|last night|tonight|this week|last week|on Monday|on Friday|tomorrow|next week|on the 12th}'
export const STAFF =
  '{staff|crew|agent|rep|driver|cashier|manager|support team|customer service|technician|gate agent|lady on the phone|guy at the counter|team|pilot|waiter}'
export const PLACE =
  '{your store|your shop|your branch|the airport|gate B12|the station|your website|the app|your call centre|Boston|London|Chicago|the hotel|the restaurant|the counter}'
export const ITEM =
  '{iPhone 7|Galaxy S8|the new phone|the blue one|size 10|the 12GB plan|unlimited data|premium|the family plan|a window seat|an extra bag|first class|the student discount|gift wrapping|next day delivery|the loyalty card|the vegan burger|a large coffee|the red dress|two tickets|a double room|the new console}'
