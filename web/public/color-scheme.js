// Sets the colour scheme before the first paint, so that a dark desk never flashes white.
;(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('horseshoe-color-scheme')
  } catch {
    // A browser that forbids storage follows the system.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
