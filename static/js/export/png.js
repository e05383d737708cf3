// An SVG as pixels: twice as fine as on the map, as long as that is not more than a program opens at once.

const FINE = 2;
/** Pixels of a picture; a map of thousands has fewer than one for each unit. */
const MOST_PIXELS = 9_000_000;

/** A PNG of an `svg` element: `{file, width, height}`. */
export async function pngOf(picture, text) {
  const [across, down] = ['width', 'height'].map(name => Number(picture.getAttribute(name)));
  const scale = Math.min(FINE, Math.sqrt(MOST_PIXELS / (across * down)));
  const image = new Image(across, down);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const [width, height] = [Math.floor(across * scale), Math.floor(down * scale)];
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  // What is opaque is written without a fourth channel.
  canvas.getContext('2d', {alpha: false}).drawImage(image, 0, 0, width, height);
  const file = await new Promise((resolve, reject) => { canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture is too large for this browser.'))), 'image/png'); });
  return {file, width, height};
}
