// Light or dark: what the system says, unless somebody pressed the button; that choice is remembered in this browser.

const KEY = 'actorgraph-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set();

function remembered() {
  try { return localStorage.getItem(KEY); } catch { return null; }
}

function remember(theme) {
  try { localStorage.setItem(KEY, theme); } catch { /* Private mode: the choice lasts as long as the page. */ }
}

/** Use the service's table of colours: the page's own rules only name them. */
export function paintWith(style) {
  followTheme(theme => paintFamilies(style, theme));
  paintFamilies(style);
}

/** Name the colours of families as they are in a theme. */
export function paintFamilies(style, theme = currentTheme()) {
  for (const [family, colour] of Object.entries(style.themes[theme].families)) {
    document.documentElement.style.setProperty(`--family-${family}`, colour);
  }
}

/** `light` or `dark`, as the page shows it now. */
export function currentTheme() {
  const theme = document.documentElement.dataset.theme ?? remembered() ?? (system.matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = theme;
  return theme;
}

function set(theme) {
  document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener(theme);
}

/** The other theme, from now on. */
export function toggleTheme() {
  const theme = currentTheme() === 'dark' ? 'light' : 'dark';
  remember(theme);
  set(theme);
}

/** Call `listener` with every new theme. */
export function followTheme(listener) { listeners.add(listener); }

system.addEventListener('change', ({matches}) => { if (!remembered()) set(matches ? 'dark' : 'light'); });
