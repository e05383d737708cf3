// A whole story in the fragment of an address: its views and captions as JSON, deflated and written in letters that need no escapes.

import {readLists, written} from './viewfile.js';

/** Characters of a link that mail, chat and other programs pass on unharmed. */
export const LONGEST_LINK = 8000;
const LONGEST_PACKED = 100_000;
const LARGEST_UNPACKED = 1_000_000;
const FORMAT = 'deflate-raw';
const PIECE = 8192;

/** A story in an address that cannot be read; the message says why. */
export class UnreadableStory extends Error {
  constructor(why) {
    super(`The link is of no use: ${why}. Ask for it again, or for the story as a file.`);
    this.title = 'This story cannot be played.';
  }
}

/** A list of views as letters, digits, `-` and `_`. */
export async function packedStory(list) {
  const bytes = await all(new Blob([written([list])]).stream().pipeThrough(new CompressionStream(FORMAT)), Infinity);
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The list of views that was packed; throws UnreadableStory. */
export async function unpackedStory(packed) {
  if (packed.length > LONGEST_PACKED) throw new UnreadableStory(`it has more than ${LONGEST_PACKED.toLocaleString('en')} characters`);
  const text = new TextDecoder().decode(await inflated(packed));
  let lists;
  try { lists = readLists(text); } catch (error) { throw new UnreadableStory(error.message); }
  if (lists.length !== 1 || !lists[0].views.length) throw new UnreadableStory('it holds no story');
  return lists[0];
}

/** The link of this explorer to a packed story. */
export function linkOf(packed) { return `${location.origin}${location.pathname}#story=${packed}`; }

async function inflated(packed) {
  const damaged = 'it was cut or changed on its way';
  let bytes;
  try { bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0)); } catch { throw new UnreadableStory(damaged); }
  try { return await all(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(FORMAT)), LARGEST_UNPACKED); } catch (error) {
    throw error instanceof UnreadableStory ? error : new UnreadableStory(damaged);
  }
}

/** All bytes of a stream: a few letters may unpack to gigabytes, so it is given up once there are too many. */
async function all(stream, most) {
  const pieces = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const {done, value} = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      throw new UnreadableStory(`unpacked it has more than ${most.toLocaleString('en')} characters`);
    }
    pieces.push(value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
