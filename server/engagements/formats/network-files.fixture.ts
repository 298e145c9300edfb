// One small file of each kind of each network, written by hand as the network writes it; every name is invented.
import type { Format } from './format.ts'
import { toBytes } from './read-all.fixture.ts'

export interface NetworkFile {
  readonly format: Format['id']
  readonly path: string
  readonly content: string
  readonly own?: string
}

/** Bytes of UTF-8 as Meta writes them: each as a character of its own. */
function asMeta(text: string): string {
  return Array.from(toBytes(text), (byte) =>
    byte < 128 ? String.fromCharCode(byte) : `\\u00${byte.toString(16)}`,
  ).join('')
}

const metaChat = `{
  "participants": [ { "name": "${asMeta('Zoë Brandt')}" }, { "name": "Forge Care" } ],
  "messages": [
    { "sender_name": "Forge Care", "timestamp_ms": 1714670030000, "content": "It rings, or your money back." },
    { "sender_name": "${asMeta('Zoë Brandt')}", "timestamp_ms": 1714670020000, "photos": [ { "uri": "x.jpg" } ] },
    { "sender_name": "${asMeta('Zoë Brandt')}", "timestamp_ms": 1714670010000, "is_unsent": true },
    { "sender_name": "${asMeta('Zoë Brandt')}", "timestamp_ms": 1714670000000, "content": "${asMeta('Läuft der Amboß? 🔨')}" }
  ],
  "title": "${asMeta('Zoë Brandt')}", "thread_path": "inbox/zoebrandt_17"
}`

export const networkFiles: readonly NetworkFile[] = [
  {
    format: 'linkedin',
    path: 'messages.csv',
    own: 'Maya Haddad',
    content:
      'CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT\n' +
      '2-Nz,,Nora Birk,https://www.linkedin.com/in/zo%C3%AB-birk,Maya Haddad,https://www.linkedin.com/in/maya,2024-05-02 18:11:04 UTC,Anvil,"Where is it?\nI wait.",INBOX,,No\n' +
      '2-Nz,,Maya Haddad,https://www.linkedin.com/in/maya,Nora Birk,,2024-05-02 18:20:00 UTC,,"On the van, Nora.",INBOX,,No\n' +
      '2-Nz,,Maya Haddad,https://www.linkedin.com/in/maya,Nora Birk,,2024-05-02 18:21:00 UTC,,Also,INBOX,,Yes\n',
  },
  {
    format: 'linkedin',
    path: 'Comments_34875879.csv',
    own: 'Maya Haddad',
    content:
      'Date,Link,Message\n' +
      '2024-05-02 18:11:04,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A71,"She said \\"it rings\\", twice"\n',
  },
  {
    format: 'linkedin',
    path: 'Shares.csv',
    own: 'Maya Haddad',
    content:
      'Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n' +
      '2024-05-02 18:11:04,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A72,"New anvil""\n""""\n""It rings",https://forge.example/anvil,,MEMBER_NETWORK\n',
  },
  {
    format: 'reddit',
    path: 'comments.csv',
    own: 'maple_owl',
    content:
      'id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n' +
      'lq7a2b9,https://www.reddit.com/r/anvils/comments/1abcd2/ring/lq7a2b9/,2024-05-02 18:11:04 UTC,,anvils,0,https://www.reddit.com/r/anvils/comments/1abcd2/ring/,t1_lq79zz1,"Agree, mostly.",\n',
  },
  {
    format: 'reddit',
    path: 'posts_1.csv',
    own: 'maple_owl',
    content:
      'id,permalink,date,ip,subreddit,gildings,title,url,body\n' +
      '1abcd2,https://www.reddit.com/r/anvils/comments/1abcd2/ring/,2024-05-01 08:00:00 UTC,,anvils,0,Does it ring?,https://forge.example/anvil,\n',
  },
  {
    format: 'reddit',
    path: 'messages_archive.csv',
    own: 'maple_owl',
    content:
      'id,permalink,thread_id,date,ip,from,to,subject,body\n' +
      '2bq9x1,https://www.reddit.com/message/messages/2bq9x1,,2023-11-08 09:30:00 UTC,,river_otter,maple_owl,re: anvil,"See you there"\n',
  },
  {
    format: 'reddit',
    path: 'chat_history.csv',
    own: 'maple_owl',
    content:
      'message_id,created_at,updated_at,username,message,thread_parent_message_id,channel_url,subreddit,channel_name,conversation_type\n' +
      'm1,2024-01-01 10:00:00 UTC,,river_otter,Hello,,room-1,,,direct\nm2,2024-01-01 10:01:00 UTC,,maple_owl,Hi,m1,room-1,,,direct\n',
  },
  {
    format: 'tiktok',
    path: 'user_data_tiktok.json',
    content: JSON.stringify({
      'Your Activity': { 'Watch History': { VideoList: [{ Date: '2024-01-01 00:00:00', Link: 'x' }] } },
      Comment: {
        Comments: {
          CommentsList: [{ date: '2024-05-02 18:11:04 UTC', comment: 'It rings', photo: 'N/A', url: '' }],
        },
      },
      'Direct Message': {
        'Direct Messages': {
          ChatHistory: {
            'Chat History with nora.birk:': [
              { Date: '2024-05-02 18:11:04 UTC', From: 'nora.birk', Content: 'Where is it?' },
              { Date: '2024-05-02 18:12:04 UTC', From: 'forge', Content: 'On the van.' },
            ],
          },
        },
      },
      Profile: { 'Profile Info': { ProfileMap: { userName: 'forge' } } },
    }),
  },
  {
    format: 'trustpilot',
    path: 'reviews.csv',
    content:
      'Domain URL,Review Id,Review Created (UTC),Review Username,Review Title,Review Content,Review Stars,Company Reply Date (UTC)\n' +
      'forge.example,5f1,2024-05-02 18:11:04,Nora,It rings,"Loud, and long.",5,\nforge.example,5f2,2024-05-03 18:11:04,Otto,Broken,,1,\nforge.example,5f3,2024-05-03 18:11:04,Otto,Broken,,eleven,\n',
  },
  {
    format: 'x',
    path: 'data/tweets.js',
    own: 'forge',
    content: `window.YTD.tweets.part0 = ${JSON.stringify(
      [
        {
          tweet: {
            id_str: '162',
            created_at: 'Sat Feb 18 12:33:11 +0000 2023',
            full_text: '@nora on the van &amp; soon https://t.co/a',
            in_reply_to_status_id_str: '161',
            lang: 'en',
            entities: {
              user_mentions: [{ screen_name: 'nora' }],
              urls: [{ url: 'https://t.co/a', expanded_url: 'https://forge.example/van' }],
            },
          },
        },
        {
          tweet: { id_str: '163', created_at: 'Sat Feb 18 12:33:12 +0000 2023', full_text: 'RT @otto: ring' },
        },
      ],
      null,
      2,
    )}`,
  },
  {
    format: 'x',
    path: 'data/direct-messages.js',
    own: '11',
    content: `window.YTD.direct_messages.part0 = ${JSON.stringify([
      {
        dmConversation: {
          conversationId: '11-22',
          messages: [
            {
              messageCreate: {
                id: '9',
                senderId: '22',
                recipientId: '11',
                text: 'Where?',
                createdAt: '2024-06-05T13:45:22.000Z',
              },
            },
            { reactionCreate: { senderId: '22' } },
            {
              messageCreate: {
                id: '10',
                senderId: '11',
                recipientId: '22',
                text: 'Here',
                createdAt: '2024-06-05T13:46:22.000Z',
              },
            },
          ],
        },
      },
    ])}`,
  },
  {
    format: 'facebook',
    path: 'your_facebook_activity/messages/inbox/zoebrandt_17/message_1.json',
    own: 'Forge Care',
    content: metaChat,
  },
  {
    format: 'facebook',
    path: 'your_facebook_activity/comments_and_reactions/comments.json',
    own: 'Forge Care',
    content: `{"comments_v2": [ {"timestamp": 1714670000, "data": [ {"comment": {"timestamp": 1714670000, "comment": "${asMeta('Schön!')}", "author": "Forge Care"} } ], "title": "Forge Care commented on Nora Birk's post."}, {"timestamp": 1, "title": "x"} ]}`,
  },
  {
    format: 'instagram',
    path: 'your_instagram_activity/messages/inbox/zoebrandt_17/message_1.json',
    own: 'Forge Care',
    content: metaChat,
  },
  {
    format: 'instagram',
    path: 'your_instagram_activity/comments/post_comments_1.json',
    own: 'forge',
    content: `[ {"media_list_data": [{"uri": ""}], "string_map_data": {"Comment": {"value": "${asMeta('Schön!')}"}, "Media Owner": {"value": "nora"}, "Time": {"timestamp": 1714670000}} }, {"string_map_data": {"Opmerking": {"value": "Mooi"}} } ]`,
  },
  {
    format: 'whatsapp',
    path: 'WhatsApp Chat with Nora Birk.txt',
    own: 'Forge Care',
    content:
      '20/06/2021, 2:30 pm - Messages and calls are end-to-end encrypted.\n' +
      '20/06/2021, 2:30 pm - Nora Birk: Where is it?\nI wait: still.\n' +
      '20/06/2021, 2:31 pm - Forge Care: On the van.\n20/06/2021, 2:31 pm - Nora Birk: ok\n20/06/2021, 2:31 pm - Nora Birk: ok\n',
  },
  {
    format: 'google-reviews',
    path: 'Takeout/Google Business Profile/account-1/location-2/reviews.json',
    content: JSON.stringify({
      reviews: [
        {
          name: 'accounts/1/locations/2/reviews/abc',
          reviewer: { displayName: 'Nora' },
          starRating: 'FIVE',
          comment: 'It rings',
          createTime: '2024-05-02T18:11:04.123Z',
          reviewReply: { comment: 'Thank you', updateTime: '2024-05-03T08:00:00Z' },
        },
        {
          name: 'accounts/1/locations/2/reviews/abd',
          reviewer: {},
          starRating: 'ONE',
          createTime: '2024-05-02T18:11:04Z',
        },
      ],
    }),
  },
]
