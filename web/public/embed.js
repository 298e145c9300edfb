// Puts a button and the chat of a workspace on any page:
// <script src="https://your-horseshoe/embed.js" data-workspace="acme" data-label="Contact us" async></script>
// Where the page knows its visitor: data-name, data-email; and so that we may rely on it data-key (the site's key),
// data-user-id and data-user-hash (HMAC-SHA256 of the id by the site's secret, hexadecimal, made on your server).
;(function () {
  var script = document.currentScript
  if (!script || !script.dataset.workspace) return
  var origin = new URL(script.src).origin
  var label = script.dataset.label || 'Contact us'
  var frame
  var mark = 'horseshoe-chat ' + script.dataset.workspace
  var answers = 0
  var seen = Number(remembered() || 0)

  var button = document.createElement('button')
  button.type = 'button'
  button.textContent = label
  button.setAttribute('aria-expanded', 'false')
  style(button, {
    position: 'fixed',
    zIndex: '2147483000',
    right: '20px',
    bottom: '20px',
    minHeight: '48px',
    padding: '0 20px',
    border: '0',
    borderRadius: '24px',
    background: script.dataset.color || '#2f4bd0',
    color: '#fff',
    font: '600 16px/1 system-ui, sans-serif',
    boxShadow: '0 4px 16px rgb(0 0 0 / 20%)',
    cursor: 'pointer',
  })
  button.addEventListener('click', toggle)
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && isOpen()) toggle()
  })

  // Only our own frame is listened to, and only for two facts.
  addEventListener('message', function (event) {
    if (!frame || event.origin !== origin || event.source !== frame.contentWindow) return
    var said = event.data
    // Where the browser keeps nothing for the frame, this page keeps it.
    if (said && said.horseshoe === 'open')
      return event.source.postMessage({ horseshoeKept: read(mark + ' kept') }, origin)
    if (said && said.horseshoe === 'keep') return write(mark + ' kept', String(said.values))
    if (!said || said.horseshoe !== 'chat') return
    answers = Number(said.answers) || 0
    if (isOpen()) seen = answers
    if (said.isBegun) remember()
    sayLabel()
  })

  if (document.body) begin()
  else addEventListener('DOMContentLoaded', begin)

  /** Who has written before hears of an answer without opening the chat. */
  function begin() {
    document.body.append(button)
    if (remembered() !== null) frame = makeFrame()
  }

  function remembered() {
    return read(mark)
  }

  function remember() {
    write(mark, String(seen))
  }

  function read(key) {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }

  function write(key, value) {
    try {
      localStorage.setItem(key, value)
    } catch {
      // Without storage the chat begins anew on the next page.
    }
  }

  function sayLabel() {
    var fresh = Math.max(0, answers - seen)
    if (isOpen()) button.textContent = 'Close'
    else button.textContent = fresh > 0 ? label + ' (' + fresh + ')' : label
  }

  function toggle() {
    if (!frame) frame = makeFrame()
    var opens = !isOpen()
    frame.style.display = opens ? 'block' : 'none'
    if (opens) {
      seen = answers
      if (remembered() !== null) remember()
    }
    sayLabel()
    button.setAttribute('aria-expanded', String(opens))
    if (opens) frame.focus()
    else button.focus()
  }

  function isOpen() {
    return frame !== undefined && frame.style.display === 'block'
  }

  function makeFrame() {
    var made = document.createElement('iframe')
    var known = new URLSearchParams()
    for (var name of ['name', 'email', 'key', 'userId', 'userHash']) {
      if (script.dataset[name]) known.set(name, script.dataset[name])
    }
    made.src = origin + '/chat/' + encodeURIComponent(script.dataset.workspace) + '#' + known
    made.title = label
    style(made, {
      display: 'none',
      position: 'fixed',
      zIndex: '2147483000',
      right: '20px',
      bottom: '80px',
      width: 'min(420px, calc(100vw - 40px))',
      height: 'min(640px, calc(100vh - 100px))',
      border: '1px solid rgb(128 128 128 / 30%)',
      borderRadius: '14px',
      background: '#f6f6f4',
      boxShadow: '0 8px 32px rgb(0 0 0 / 24%)',
    })
    button.before(made)
    return made
  }

  function style(element, rules) {
    Object.assign(element.style, rules)
  }
})()
