"""How large what somebody presses is on the screen."""

from __future__ import annotations

from playwright.sync_api import Page

LEAST = 40

SMALL = """least => {
  const shown = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const inline = one => getComputedStyle(one).display === 'inline';
  const inSentence = one => one.matches('a:not(.button, .brand)') && inline(one);
  const area = one => one.matches('input') && one.closest('label') ? one.closest('label') : one;
  const measured = one => {
    const {width, height} = area(one).getBoundingClientRect();
    const {content, top} = getComputedStyle(one, '::after');
    const more = one.matches('.footnote') && content !== 'none' ? -2 * parseFloat(top) : 0;
    return {name: one.outerHTML.slice(0, 120), width: width + more, height: height + more};
  };
  const pressed = 'a[href], button, input, select, summary, textarea, [role=option], [role=menuitem]';
  return [...document.querySelectorAll(pressed)]
    .filter(one => shown(one) && !one.matches('.skip, [hidden]') && !inSentence(one)).map(measured)
    .filter(({width, height}) => width > 0 && (height < least - 0.5 || width < least - 0.5));
}"""


def small(page: Page) -> list[dict[str, object]]:
    """What is shown and pressed, and is smaller than a finger."""
    found: list[dict[str, object]] = page.evaluate(SMALL, LEAST)
    return found
