// The link that carries a whole story, with its length; where it is too long to be sent, what to take instead.

import {LONGEST_LINK, linkOf, packedStory} from './carriedstory.js';
import {copyLine} from './copyline.js';
import {el} from './dom.js';

/** The elements of it; `id` is that of the field. */
export async function storyLink(list, id) {
  const link = linkOf(await packedStory(list));
  const length = link.length.toLocaleString('en');
  const most = LONGEST_LINK.toLocaleString('en');
  if (link.length > LONGEST_LINK) {
    return el('p', {class: 'quiet small', role: 'status'}, `A link to this story would have ${length} characters. Many programs cut links of more than ${most}: share it as a web page or a file instead.`);
  }
  return el('div', {}, copyLine('Story', id, link),
    el('p', {class: 'quiet small', role: 'status'}, `The link has ${length} of at most ${most} characters and holds every view and caption; whoever opens it needs this server.`));
}
