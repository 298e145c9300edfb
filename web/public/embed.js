// Puts a button and the contact form of a workspace on any page:
// <script src="https://your-horseshoe/embed.js" data-workspace="acme" data-label="Contact us" async></script>
;(function () {
  var script = document.currentScript
  if (!script || !script.dataset.workspace) return
  var origin = new URL(script.src).origin
  var label = script.dataset.label || 'Contact us'
  var frame

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

  if (document.body) document.body.append(button)
  else
    addEventListener('DOMContentLoaded', function () {
      document.body.append(button)
    })

  function toggle() {
    if (!frame) frame = makeFrame()
    var opens = !isOpen()
    frame.style.display = opens ? 'block' : 'none'
    button.textContent = opens ? 'Close' : label
    button.setAttribute('aria-expanded', String(opens))
    if (opens) frame.focus()
    else button.focus()
  }

  function isOpen() {
    return frame !== undefined && frame.style.display === 'block'
  }

  function makeFrame() {
    var made = document.createElement('iframe')
    made.src = origin + '/contact/' + encodeURIComponent(script.dataset.workspace) + '?embedded'
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
