"""How much is drawn on the map of a window."""

from __future__ import annotations

from windows import Window


def ink(window: Window) -> float:
    """How much of the map is drawn on: 1 where each pixel is opaque."""
    share: float = window.page.evaluate(
        """() => {
          const canvas = document.querySelector('#map canvas');
          const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let inked = 0;
          for (let at = 3; at < data.length; at += 4) inked += data[at] / 255;
          return inked / (data.length / 4);
        }"""
    )
    return share
