// An SVG as pixels, twice as fine as on the map.

const FINE = 2;
const MOST_PIXELS = 8000;

/** A PNG of an `svg` element. */
export async function pngOf(picture, text) {
  const [width, height] = ['width', 'height'].map(name => Number(picture.getAttribute(name)));
  const scale = Math.min(FINE, MOST_PIXELS / Math.max(width, height));
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => { canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture is too large for this browser.'))), 'image/png'); });
}
