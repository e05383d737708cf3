// What somebody types and presses before the modules are there. A classic script before everything else: the page is not shown without it.

(() => {
  const PLAIN = ['?', 'p', 't', 'c', 'e', 'v', 'm'];
  const kept = [];
  const field = () => document.getElementById('search-input');
  const typing = ({target}) => target.closest?.('input, textarea, select');

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === field()) { if (event.key === 'Enter') keep(event); return; }
    if (typing(event)) return;
    if (event.key === '/' && field()) { event.preventDefault(); field().focus(); } else if (PLAIN.includes(event.key)) keep(event);
  }

  function keep(event) {
    event.preventDefault();
    const {target, key: pressed, shiftKey} = event;
    kept.push(() => target.dispatchEvent(new KeyboardEvent('keydown', {key: pressed, shiftKey, bubbles: true, cancelable: true})));
  }

  function click({target}) {
    const button = target.closest?.('button');
    if (button) kept.push(() => button.click());
  }

  document.addEventListener('keydown', key);
  document.addEventListener('click', click);
  // The page listens itself now: what was kept is done in its order.
  document.addEventListener('listening', () => {
    document.removeEventListener('keydown', key);
    document.removeEventListener('click', click);
    for (const again of kept.splice(0)) again();
  }, {once: true});
})();
